import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const desktopObserve = contract({
  method: "desktop.observe",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        source: Type.Object({ kind: Type.Literal("host") }, { additionalProperties: false }),
        control: Type.Optional(Type.Boolean()),
        credentials: Type.Optional(
          Type.Object(
            {
              username: Type.Optional(Type.String({ minLength: 1 })),
              password: Type.Optional(Type.String({ minLength: 1 })),
            },
            { additionalProperties: false },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        source: Type.Object(
          { kind: Type.Literal("environment"), environmentId: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        control: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        source: Type.Object(
          { kind: Type.Literal("node"), nodeId: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        control: Type.Optional(Type.Boolean()),
        credentials: Type.Optional(
          Type.Object(
            {
              username: Type.Optional(Type.String({ minLength: 1 })),
              password: Type.Optional(Type.String({ minLength: 1 })),
            },
            { additionalProperties: false },
          ),
        ),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Never(),
});

export const desktopLaunch = contract({
  method: "desktop.launch",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      source: Type.Object(
        { kind: Type.Literal("environment"), environmentId: Type.String({ minLength: 1 }) },
        { additionalProperties: false },
      ),
      app: Type.Union([Type.Literal("browser"), Type.Literal("terminal")]),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const desktopRelease = contract({
  method: "desktop.release",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ wsPath: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ released: Type.Boolean() }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const uiCommand = contract({
  method: "ui.command",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      command: Type.Union([
        Type.Object(
          {
            kind: Type.Literal("split"),
            direction: Type.Union([Type.Literal("right"), Type.Literal("down")]),
            sessionKey: Type.String({ minLength: 1 }),
          },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal("close-pane"), sessionKey: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal("focus"), sessionKey: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal("sidebar"), visible: Type.Boolean() },
          { additionalProperties: false },
        ),
        Type.Union([
          Type.Object(
            {
              kind: Type.Literal("panel"),
              open: Type.Boolean(),
              dock: Type.Optional(Type.Union([Type.Literal("bottom"), Type.Literal("right")])),
              panel: Type.Literal("terminal"),
              terminalSessionId: Type.Optional(Type.String({ minLength: 1 })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("panel"),
              open: Type.Boolean(),
              dock: Type.Optional(Type.Union([Type.Literal("bottom"), Type.Literal("right")])),
              panel: Type.Literal("browser"),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("panel"),
              open: Type.Boolean(),
              dock: Type.Optional(Type.Union([Type.Literal("bottom"), Type.Literal("right")])),
              panel: Type.Literal("desktop"),
              environmentId: Type.Optional(Type.String({ minLength: 1 })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("panel"),
              open: Type.Boolean(),
              dock: Type.Optional(Type.Union([Type.Literal("bottom"), Type.Literal("right")])),
              panel: Type.Literal("portal"),
              portalId: Type.Optional(Type.String({ minLength: 1 })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("panel"),
              open: Type.Boolean(),
              dock: Type.Optional(Type.Union([Type.Literal("bottom"), Type.Literal("right")])),
              panel: Type.Literal("portal"),
              environmentId: Type.String({ minLength: 1 }),
            },
            { additionalProperties: false },
          ),
        ]),
        Type.Object(
          { kind: Type.Literal("navigate"), sessionKey: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
      ]),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true) }),
});

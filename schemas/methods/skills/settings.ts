import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsUpdate = contract({
  method: "skills.update",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        skillKey: Type.String({ minLength: 1 }),
        enabled: Type.Optional(Type.Boolean()),
        apiKey: Type.Optional(Type.String()),
        env: Type.Optional(
          Type.Unsafe<Record<string, unknown>>({
            type: "object",
            patternProperties: { "^.*$": { type: "string" } },
          }),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        source: Type.Literal("clawhub"),
        slug: Type.Optional(Type.String({ minLength: 1 })),
        all: Type.Optional(Type.Boolean()),
        force: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Object({
    ok: Type.Boolean(),
    skillKey: Type.String(),
    config: Type.Record(Type.String(), Type.Unknown()),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsInstall = contract({
  method: "skills.install",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        name: Type.String({ minLength: 1 }),
        installId: Type.String({ minLength: 1 }),
        dangerouslyForceUnsafeInstall: Type.Optional(Type.Boolean({ deprecated: true })),
        timeoutMs: Type.Optional(Type.Integer({ minimum: 1000 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        source: Type.Literal("clawhub"),
        slug: Type.String({ minLength: 1 }),
        version: Type.Optional(Type.String({ minLength: 1 })),
        force: Type.Optional(Type.Boolean()),
        timeoutMs: Type.Optional(Type.Integer({ minimum: 1000 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        source: Type.Literal("upload"),
        uploadId: Type.String({ minLength: 1 }),
        slug: Type.String({ minLength: 1 }),
        force: Type.Optional(Type.Boolean()),
        sha256: Type.Optional(Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" })),
        timeoutMs: Type.Optional(Type.Integer({ minimum: 1000 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Unsafe<Record<string, unknown>>({ type: "object" }),
});

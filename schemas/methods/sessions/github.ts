import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsGithubOptions = contract({
  method: "sessions.github.options",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

export const sessionsGithubStatus = contract({
  method: "sessions.github.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      requestId: Type.String({ format: "uuid", maxLength: 36 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

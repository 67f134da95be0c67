import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const sessionsGoalUpdate = contract({
  method: "sessions.goal.update",
  access: "operator.write",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        sessionKey: Type.String({ minLength: 1 }),
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        sessionId: Type.Optional(Type.String({ minLength: 1 })),
        goalId: Type.String({ minLength: 1 }),
        operationId: Type.String({ minLength: 1, maxLength: 128 }),
        issuedAtMs: Type.Integer({ minimum: 0 }),
        action: Type.Literal("edit"),
        objective: Type.String({ minLength: 1, maxLength: 16000 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        sessionKey: Type.String({ minLength: 1 }),
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        sessionId: Type.Optional(Type.String({ minLength: 1 })),
        goalId: Type.String({ minLength: 1 }),
        operationId: Type.String({ minLength: 1, maxLength: 128 }),
        issuedAtMs: Type.Integer({ minimum: 0 }),
        action: Type.Union([
          Type.Literal("pause"),
          Type.Literal("resume"),
          Type.Literal("complete"),
          Type.Literal("block"),
        ]),
        note: Type.Optional(Type.String({ maxLength: 2000 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Never(),
});

export const sessionsGoalClear = contract({
  method: "sessions.goal.clear",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.Optional(Type.String({ minLength: 1 })),
      goalId: Type.String({ minLength: 1 }),
      operationId: Type.String({ minLength: 1, maxLength: 128 }),
      issuedAtMs: Type.Integer({ minimum: 0 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

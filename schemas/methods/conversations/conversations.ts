import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const conversationsList = contract({
  method: "conversations.list",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      channel: Type.Optional(Type.String({ minLength: 1 })),
      query: Type.Optional(Type.String({ minLength: 1 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ conversations: Type.Array(Json) }),
});

export const conversationsSend = contract({
  method: "conversations.send",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      sourceSessionKey: Type.Optional(Type.String({ minLength: 1 })),
      operationId: Type.String({ minLength: 1 }),
      conversationRef: Type.String({ pattern: "^conv_[a-f0-9]{32}$" }),
      message: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const conversationsTurn = contract({
  method: "conversations.turn",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      sourceSessionKey: Type.Optional(Type.String({ minLength: 1 })),
      turnId: Type.String({ minLength: 1 }),
      conversationRef: Type.String({ pattern: "^conv_[a-f0-9]{32}$" }),
      message: Type.String({ minLength: 1 }),
      timeoutMs: Type.Integer({ minimum: 1, maximum: 300000 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const conversationsTurnCancel = contract({
  method: "conversations.turn.cancel",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { agentId: Type.String({ minLength: 1 }), turnId: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

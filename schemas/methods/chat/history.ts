import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const chatHistory = contract({
  method: "chat.history",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      cursor: Type.Optional(Type.String()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      maxBytes: Type.Optional(Type.Integer({ minimum: 1024 })),
      offset: Type.Optional(Type.Integer({ minimum: 0 })),
      pendingBefore: Type.Optional(Type.Integer({ minimum: 1 })),
      inputRunIds: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
        }),
      ),
      messageId: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.Optional(Type.String({ minLength: 1 })),
      maxChars: Type.Optional(Type.Integer({ minimum: 1, maximum: 500000 })),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

export const chatMessageGet = contract({
  method: "chat.message.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      messageId: Type.String({ minLength: 1 }),
      maxChars: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000000 })),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

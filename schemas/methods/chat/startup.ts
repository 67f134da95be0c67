import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const chatStartup = contract({
  method: "chat.startup",
  access: "operator.read",
  sideEffects: false,
  params: Type.Union([
    Type.Object(
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
    Type.Object(
      {
        shortId: Type.String({ minLength: 1 }),
        slugHint: Type.Optional(Type.String({ minLength: 1 })),
        agentId: Type.String({ minLength: 1 }),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
        maxBytes: Type.Optional(Type.Integer({ minimum: 1024 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Json,
});

export const chatMetadata = contract({
  method: "chat.metadata",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      authProfileId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
    },
    { not: { required: ["sessionKey", "authProfileId"] }, additionalProperties: false },
  ),
  result: Json,
});

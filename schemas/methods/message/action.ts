import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const messageAction = contract({
  method: "message.action",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      channel: Type.String({ minLength: 1 }),
      action: Type.String({ minLength: 1 }),
      params: Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
      reply: Type.Optional(
        Type.Union([
          Type.Object(
            { replyToId: Type.String({ minLength: 1 }), source: Type.Literal("explicit") },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              replyToId: Type.String({ minLength: 1 }),
              source: Type.Literal("implicit"),
              mode: Type.Union([Type.Literal("first"), Type.Literal("all")]),
            },
            { additionalProperties: false },
          ),
        ]),
      ),
      accountId: Type.Optional(Type.String()),
      requesterAccountId: Type.Optional(Type.String()),
      requesterSenderId: Type.Optional(Type.String()),
      senderIsOwner: Type.Optional(Type.Boolean()),
      sessionKey: Type.Optional(Type.String()),
      sessionId: Type.Optional(Type.String()),
      inboundTurnKind: Type.Optional(
        Type.Unsafe<"user_request" | "room_event">({ type: "string", enum: ["user_request", "room_event"] }),
      ),
      agentId: Type.Optional(Type.String()),
      toolContext: Type.Optional(
        Type.Object(
          {
            currentChannelId: Type.Optional(Type.String()),
            currentMessagingTarget: Type.Optional(Type.String()),
            currentGraphChannelId: Type.Optional(Type.String()),
            currentChannelProvider: Type.Optional(Type.String()),
            currentThreadTs: Type.Optional(Type.String()),
            currentMessageId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
            replyToMode: Type.Optional(
              Type.Union([
                Type.Literal("off"),
                Type.Literal("first"),
                Type.Literal("all"),
                Type.Literal("batched"),
              ]),
            ),
            hasRepliedRef: Type.Optional(
              Type.Object({ value: Type.Boolean() }, { additionalProperties: false }),
            ),
            sameChannelThreadRequired: Type.Optional(Type.Boolean()),
            skipCrossContextDecoration: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      ),
      conversationReadOrigin: Type.Optional(Type.Literal("direct-operator")),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const talkClientToolCall = contract({
  method: "talk.client.toolCall",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      voiceSessionId: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,128}$" })),
      callId: Type.String({ minLength: 1 }),
      name: Type.String({ minLength: 1 }),
      args: Type.Optional(Type.Unknown()),
      relaySessionId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

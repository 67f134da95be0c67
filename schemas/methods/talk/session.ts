import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const talkSessionCreate = contract({
  method: "talk.session.create",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String()),
      voiceChangeId: Type.Optional(Type.String({ minLength: 1 })),
      capabilities: Type.Optional(Type.Array(Type.Literal("voice-selection"), { uniqueItems: true })),
      spawnedBy: Type.Optional(Type.String({ minLength: 1 })),
      provider: Type.Optional(Type.String()),
      model: Type.Optional(Type.String()),
      voice: Type.Optional(Type.String()),
      language: Type.Optional(Type.String({ pattern: "^[a-z]{2}$" })),
      vadThreshold: Type.Optional(Type.Number()),
      silenceDurationMs: Type.Optional(Type.Integer({ minimum: 1 })),
      prefixPaddingMs: Type.Optional(Type.Integer({ minimum: 0 })),
      reasoningEffort: Type.Optional(Type.String()),
      mode: Type.Optional(
        Type.Union([Type.Literal("realtime"), Type.Literal("stt-tts"), Type.Literal("transcription")]),
      ),
      transport: Type.Optional(
        Type.Union([
          Type.Literal("webrtc"),
          Type.Literal("provider-websocket"),
          Type.Literal("gateway-relay"),
          Type.Literal("managed-room"),
        ]),
      ),
      brain: Type.Optional(
        Type.Union([Type.Literal("agent-consult"), Type.Literal("direct-tools"), Type.Literal("none")]),
      ),
      ttlMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: 3600000 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionAppendAudio = contract({
  method: "talk.session.appendAudio",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      audioBase64: Type.String({ minLength: 1 }),
      timestamp: Type.Optional(Type.Number()),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionCancelOutput = contract({
  method: "talk.session.cancelOutput",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      turnId: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionAcknowledgeMark = contract({
  method: "talk.session.acknowledgeMark",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    { sessionId: Type.String({ minLength: 1 }), markName: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionSubmitToolResult = contract({
  method: "talk.session.submitToolResult",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      callId: Type.String({ minLength: 1 }),
      result: Type.Unknown(),
      options: Type.Optional(
        Type.Object(
          { suppressResponse: Type.Optional(Type.Boolean()), willContinue: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionSteer = contract({
  method: "talk.session.steer",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      text: Type.String({ minLength: 1 }),
      mode: Type.Optional(
        Type.Union([
          Type.Literal("status"),
          Type.Literal("steer"),
          Type.Literal("cancel"),
          Type.Literal("followup"),
        ]),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSessionClose = contract({
  method: "talk.session.close",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object({ sessionId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Unknown(),
});

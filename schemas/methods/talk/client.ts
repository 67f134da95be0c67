import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const talkClientCreate = contract({
  method: "talk.client.create",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      voiceSessionId: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,128}$" })),
      voiceChangeId: Type.Optional(Type.String({ minLength: 1 })),
      provider: Type.Optional(Type.String()),
      model: Type.Optional(Type.String()),
      voice: Type.Optional(Type.String()),
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
      capabilities: Type.Optional(
        Type.Array(
          Type.Union([
            Type.Literal("camera-frame"),
            Type.Literal("voice-transcript"),
            Type.Literal("gateway-control-v1"),
            Type.Literal("voice-selection"),
          ]),
          { uniqueItems: true },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkClientTranscript = contract({
  method: "talk.client.transcript",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      voiceSessionId: Type.String({ pattern: "^[A-Za-z0-9_-]{1,128}$" }),
      entryId: Type.String({ pattern: "^[A-Za-z0-9_-]{1,128}$" }),
      role: Type.Union([Type.Literal("user"), Type.Literal("assistant")]),
      text: Type.String({ minLength: 1 }),
      timestamp: Type.Optional(Type.Number()),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkClientClose = contract({
  method: "talk.client.close",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      voiceSessionId: Type.String({ pattern: "^[A-Za-z0-9_-]{1,128}$" }),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkClientSteer = contract({
  method: "talk.client.steer",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
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

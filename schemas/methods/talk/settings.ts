import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const talkCatalog = contract({
  method: "talk.catalog",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      provider: Type.Optional(Type.String({ minLength: 1 })),
      model: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkConfig = contract({
  method: "talk.config",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ includeSecrets: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  result: Type.Unknown(),
});

export const talkMode = contract({
  method: "talk.mode",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    { enabled: Type.Boolean(), phase: Type.Optional(Type.String()) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkSpeak = contract({
  method: "talk.speak",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      text: Type.String({ minLength: 1 }),
      voiceId: Type.Optional(Type.String()),
      modelId: Type.Optional(Type.String()),
      outputFormat: Type.Optional(Type.String()),
      speed: Type.Optional(Type.Number()),
      rateWpm: Type.Optional(Type.Integer({ minimum: 1 })),
      stability: Type.Optional(Type.Number()),
      similarity: Type.Optional(Type.Number()),
      style: Type.Optional(Type.Number()),
      speakerBoost: Type.Optional(Type.Boolean()),
      seed: Type.Optional(Type.Integer({ minimum: 0 })),
      normalize: Type.Optional(Type.String()),
      language: Type.Optional(Type.String()),
      latencyTier: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkVoiceGet = contract({
  method: "talk.voice.get",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      voiceSessionId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkVoiceSet = contract({
  method: "talk.voice.set",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      voiceSessionId: Type.Optional(Type.String({ minLength: 1 })),
      voice: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const talkVoiceComplete = contract({
  method: "talk.voice.complete",
  access: "operator.talk",
  sideEffects: true,
  params: Type.Object(
    {
      changeId: Type.String({ minLength: 1 }),
      voiceSessionId: Type.Optional(Type.String({ minLength: 1 })),
      outcome: Type.Union([Type.Literal("ready"), Type.Literal("failed")]),
      error: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

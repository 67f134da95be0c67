import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const ttsStatus = contract({
  method: "tts.status",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Unknown(),
});

export const ttsProviders = contract({
  method: "tts.providers",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Unknown(),
});

export const ttsPersonas = contract({
  method: "tts.personas",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Unknown(),
});

export const ttsEnable = contract({
  method: "tts.enable",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const ttsDisable = contract({
  method: "tts.disable",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const ttsSetProvider = contract({
  method: "tts.setProvider",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const ttsSetPersona = contract({
  method: "tts.setPersona",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const ttsConvert = contract({
  method: "tts.convert",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const ttsSpeak = contract({
  method: "tts.speak",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object({ text: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Unknown(),
});

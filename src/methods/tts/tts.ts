import {
  ttsConvert,
  ttsDisable,
  ttsEnable,
  ttsPersonas,
  ttsProviders,
  ttsSetPersona,
  ttsSetProvider,
  ttsSpeak,
  ttsStatus,
} from "../../../schemas/methods/tts/tts.ts";
import { SPEECH } from "../../domain/voice/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(ttsStatus, async ({ deps }) => {
    const { auto, provider } = await deps.speech.preferences();
    return {
      enabled: auto !== "off",
      auto,
      provider,
      persona: null,
      personas: [],
      fallbackProvider: null,
      fallbackProviders: [],
      prefsPath: deps.speech.prefsPath,
      providerStates: SPEECH.map(({ id, label }) => ({ id, label, configured: false })),
    };
  }),
  method(ttsProviders, async ({ deps }) => ({
    providers: SPEECH.map(({ id, label, models, voices }) => ({
      id,
      name: label,
      configured: false,
      models: [...models],
      voices: [...voices],
    })),
    active: (await deps.speech.preferences()).provider,
  })),
  method(ttsPersonas, () => ({ active: null, personas: [] })),
  method(ttsEnable, async ({ deps }) => {
    await deps.speech.setEnabled(true);
    return { enabled: true };
  }),
  method(ttsDisable, async ({ deps }) => {
    await deps.speech.setEnabled(false);
    return { enabled: false };
  }),
  method(ttsSetProvider, async ({ params, deps }) => ({
    provider: await deps.speech.setProvider(params["provider"]),
  })),
  method(ttsSetPersona, ({ params }) => {
    const { persona } = params;
    // There are no personas, so the only one that can be chosen is none.
    if (typeof persona === "string" && persona.trim() !== "") {
      throw invalidRequest("Invalid persona. Use a configured TTS persona id.");
    }
    return { persona: null };
  }),
  method(ttsConvert, ({ params, deps }) => {
    const { text, provider } = params;
    if (typeof text !== "string" || text.trim() === "") throw invalidRequest("tts.convert requires text");
    return deps.speech.convert(provider);
  }),
  method(ttsSpeak, ({ deps }) => deps.speech.convert(undefined)),
] satisfies Method[];

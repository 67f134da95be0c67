import { readFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { writePrivateFile } from "../../platform/files.ts";
import { parseJson } from "../../platform/json.ts";
import { SPEECH } from "./catalog.ts";

export { REALTIME_PROVIDERS, SPEECH, TALK_CATALOG } from "./catalog.ts";

interface Preferences {
  readonly auto: "off" | "always";
  readonly provider: string;
}

/** Whether replies are spoken, and by whom. The choice is kept where the reference keeps it. */
export interface Speech {
  readonly prefsPath: string;
  preferences(): Promise<Preferences>;
  setEnabled(isEnabled: boolean): Promise<void>;
  /** Returns the id under which the provider is known. */
  setProvider(provider: unknown): Promise<string>;
  /** Says a text; throws what each provider that was tried had against it. */
  convert(provider: unknown): Promise<never>;
}

export function createSpeech(stateDir: string): Speech {
  const prefsPath = path.join(stateDir, "settings", "tts.json");

  async function preferences(): Promise<Preferences> {
    const text = await readFile(prefsPath, "utf8").catch(() => "");
    const { tts } = Object(parseJson(text)) as { tts?: unknown };
    const { auto, provider } = Object(tts) as Record<string, unknown>;
    return {
      auto: auto === "always" ? "always" : "off",
      provider: typeof provider === "string" ? provider : "",
    };
  }

  async function change(next: Partial<Preferences>): Promise<void> {
    const { auto, provider } = { ...(await preferences()), ...next };
    const tts = { auto, persona: null, ...(provider === "" ? {} : { provider }) };
    await writePrivateFile(prefsPath, JSON.stringify({ tts }, undefined, 2));
  }

  return {
    prefsPath,
    preferences,
    setEnabled: (isEnabled) => change({ auto: isEnabled ? "always" : "off" }),
    async setProvider(provider) {
      const id = typeof provider === "string" ? provider.trim().toLowerCase() : "";
      if (!SPEECH.some((known) => known.id === id)) {
        throw invalidRequest("Invalid provider. Use a registered TTS provider id.");
      }
      await change({ provider: id });
      return id;
    },
    async convert(provider) {
      const wanted = typeof provider === "string" ? provider.trim().toLowerCase() : "";
      const first = wanted === "" ? (await preferences()).provider : wanted;
      const ids = SPEECH.map(({ id }) => id);
      const isStranger = wanted !== "" && !ids.includes(wanted);
      const tried = isStranger ? [wanted] : ids.toSorted((a, b) => Number(b === first) - Number(a === first));
      const why = tried.map((id) => `${id}: ${isStranger ? "no provider registered" : "not configured"}`);
      throw new ProtocolError("UNAVAILABLE", `TTS conversion failed: ${why.join("; ")}`, {
        retryable: false,
      });
    },
  };
}

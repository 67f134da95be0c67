import type { Documents } from "../documents/index.ts";
import type { Publisher } from "../events.ts";

const DEFAULT_TRIGGERS = ["openclaw", "claude", "computer"];
const SCOPE = "voicewake";

/** The words that wake the voice clients, the same for all of them. */
export interface VoiceWake {
  triggers(): Promise<readonly string[]>;
  /** Sets the words, told to everybody; none at all brings back the first ones. */
  setTriggers(words: readonly unknown[]): Promise<readonly string[]>;
  /** Where what was said goes. Nothing sets it yet, so it goes to the session that is open. */
  routing(): Readonly<Record<string, unknown>>;
}

export function createVoiceWake(parts: { documents: Documents; events: Publisher }): VoiceWake {
  const { documents, events } = parts;
  return {
    async triggers() {
      // Written by `setTriggers` below and by nobody else.
      const kept = (await documents.read(SCOPE, "triggers")) as readonly string[] | undefined;
      return kept ?? DEFAULT_TRIGGERS;
    },
    async setTriggers(words) {
      const said = words.filter((word) => typeof word === "string").map((word) => word.trim());
      const given = said.filter((word) => word !== "");
      const triggers = given.length === 0 ? DEFAULT_TRIGGERS : given;
      await documents.write(SCOPE, "triggers", triggers);
      events.publish("voicewake.changed", { triggers });
      return triggers;
    },
    routing: () => ({ version: 1, defaultTarget: { mode: "current" }, routes: [], updatedAtMs: 0 }),
  };
}

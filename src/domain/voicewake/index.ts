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
  /** Tells a node that has just connected: it listens for the words by itself. */
  tellNode(connId: string): Promise<void>;
}

export function createVoiceWake(parts: { documents: Documents; events: Publisher }): VoiceWake {
  const { documents, events } = parts;
  async function triggers(): Promise<readonly string[]> {
    // Written by `setTriggers` below and by nobody else.
    const kept = (await documents.read(SCOPE, "triggers")) as readonly string[] | undefined;
    return kept ?? DEFAULT_TRIGGERS;
  }

  return {
    triggers,
    async setTriggers(words) {
      const said = words.filter((word) => typeof word === "string").map((word) => word.trim());
      const given = said.filter((word) => word !== "");
      const chosen = given.length === 0 ? DEFAULT_TRIGGERS : given;
      await documents.write(SCOPE, "triggers", chosen);
      events.publish("voicewake.changed", { triggers: chosen });
      events.publish("voicewake.changed", { triggers: chosen }, { access: "node" });
      return chosen;
    },
    routing,
    async tellNode(connId) {
      const audience = { access: "node", connIds: new Set([connId]) } as const;
      events.publish("voicewake.changed", { triggers: await triggers() }, audience);
      events.publish("voicewake.routing.changed", { config: routing() }, audience);
    },
  };
}

function routing(): Readonly<Record<string, unknown>> {
  return { version: 1, defaultTarget: { mode: "current" }, routes: [], updatedAtMs: 0 };
}

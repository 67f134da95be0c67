import type { Clock } from "../../platform/clock.ts";
import type { Publisher } from "../events.ts";
import type { Presence, PresenceEntry } from "./index.ts";

export interface PresenceRegistry extends Presence {
  /** Adds or replaces the line of this key and tells everybody. */
  upsert(key: string, entry: Omit<PresenceEntry, "ts">): void;
  remove(key: string): void;
}

export function createPresence(options: { clock: Clock; events: Publisher }): PresenceRegistry {
  const entries = new Map<string, PresenceEntry>();
  let version = 1;

  const list = () => [...entries.values()].toSorted((left, right) => right.ts - left.ts);

  function changed(): void {
    version += 1;
    options.events.publish("presence", { presence: list() }, { isDroppable: true });
  }

  return {
    list,
    get version() {
      return version;
    },
    upsert(key, entry) {
      entries.set(key, { ...entry, ts: options.clock.now() } as PresenceEntry);
      changed();
    },
    remove(key) {
      if (entries.delete(key)) changed();
    },
  };
}

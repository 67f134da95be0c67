import { POLICY } from "../../../schemas/policy.ts";

/** What is known of the latest runs; the oldest is forgotten first. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

export function createRecentMap<Value>(): RecentMap<Value> {
  const held = new Map<string, Value>();
  return {
    get: (key) => held.get(key),
    set(key, value) {
      held.delete(key);
      if (held.size >= POLICY.telemetryRunsMax) held.delete(held.keys().next().value ?? "");
      held.set(key, value);
    },
  };
}

import type { TraceFacts } from "../drive/trace.ts";

/** One run for tests: noon on a Friday, with a HOME and a port of its own. */
export const FACTS: TraceFacts = {
  home: "/tmp/referee-0badf00d/home",
  token: "referee-shared-token-0123456789",
  installed: "/opt/reference-0.0.0",
  port: 21_000,
  providerPort: 21_020,
  startedAtMs: Date.UTC(2026, 10, 20, 12, 0, 0),
  endedAtMs: Date.UTC(2026, 10, 20, 12, 0, 30),
  devices: { "device:alice": "a".repeat(32) + "0".repeat(32) },
};

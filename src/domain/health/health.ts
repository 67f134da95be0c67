import type { Clock } from "../../platform/clock.ts";
import type { Health } from "./index.ts";

export function createHealth(options: { clock: Clock }): Health {
  return {
    version: 1,
    snapshot: () => Promise.resolve({ ok: true, ts: options.clock.now() }),
  };
}

import type { ProviderConfig } from "../../domain/config/index.ts";
import type { Clock } from "../../platform/clock.ts";

/** What every adapter of a provider is made with. */
export interface ProviderOptions {
  /** Read at each call: the configuration may change while the gateway runs. */
  readonly settings: () => ProviderConfig | undefined;
  /** Silence of a stream after which it counts as broken. */
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
}

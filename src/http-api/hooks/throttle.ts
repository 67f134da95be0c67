import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";

/** Wrong hook tokens of one address: after some, further ones wait. A right one always passes, and clears the count. */
export class HookThrottle {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; readonly since: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a failure; the seconds to wait when there were too many. */
  failed(address: string): number | undefined {
    const now = this.#clock.elapsed();
    const known = this.#failures.get(address);
    const isFresh = known !== undefined && now - known.since < POLICY.hookFailureWindowMs;
    const failure = isFresh ? known : { count: 0, since: now };
    this.#failures.delete(address);
    this.#failures.set(address, failure);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > POLICY.hookFailureAddressesMax && oldest !== undefined)
      this.#failures.delete(oldest);
    if (failure.count >= POLICY.hookFailuresMax) {
      return Math.ceil((POLICY.hookFailureWindowMs - (now - failure.since)) / 1_000);
    }
    failure.count += 1;
    return undefined;
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
  }
}

import { POLICY } from "../../schemas/policy.ts";
import { ProtocolError } from "../errors/protocol-error.ts";
import type { Clock } from "../platform/clock.ts";

interface Counter {
  count: number;
  readonly startedAt: number;
}

/** Counts control-plane writes per method and client: a loop in a script must not rewrite the configuration forever. */
export class WriteLimit {
  readonly #clock: Clock;
  readonly #counters = new Map<string, Counter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one write, or throws when the window is full. `client` is the device, or the address without one. */
  take(method: string, client: string): void {
    const now = this.#clock.elapsed();
    const key = `${method}\0${client}`;
    let counter = this.#counters.get(key);
    if (counter === undefined || now - counter.startedAt >= POLICY.controlPlaneWindowMs) {
      counter = { count: 0, startedAt: now };
      this.#counters.delete(key);
      this.#forgetOldest();
      this.#counters.set(key, counter);
    }
    if (counter.count >= POLICY.controlPlaneWritesMax) {
      throw exceeded(method, POLICY.controlPlaneWindowMs - (now - counter.startedAt));
    }
    counter.count += 1;
  }

  #forgetOldest(): void {
    if (this.#counters.size < POLICY.controlPlaneCountersMax) return;
    const [oldest] = this.#counters.keys();
    if (oldest !== undefined) this.#counters.delete(oldest);
  }
}

function exceeded(method: string, remainingMs: number): ProtocolError {
  const seconds = POLICY.controlPlaneWindowMs / 1_000;
  return new ProtocolError(
    "UNAVAILABLE",
    `rate limit exceeded for ${method}; retry after ${Math.ceil(remainingMs / 1_000)}s`,
    {
      retryAfterMs: Math.ceil(remainingMs),
      details: { method, limit: `${POLICY.controlPlaneWritesMax} per ${seconds}s` },
    },
  );
}

import { POLICY } from "../../schemas/policy.ts";
import type { Clock } from "../platform/clock.ts";

/** The limits in force; the configuration may set its own. */
export interface LockoutLimits {
  readonly attemptsMax: number;
  readonly windowMs: number;
  readonly lockoutMs: number;
}

export const LOCKOUT_DEFAULTS: LockoutLimits = {
  attemptsMax: POLICY.authAttemptsMax,
  windowMs: POLICY.authAttemptsWindowMs,
  lockoutMs: POLICY.authLockoutMs,
};

/**
 * Counts failed authentications. This machine's own programs are slowed down and never locked out: a good secret
 * is answered at once and ends the series. Pages and remote addresses are locked out instead, good secret or not.
 */
export interface Throttle {
  /** Notes a failure of a local program; the answer to it should wait this long. */
  delay(address: string): number;
  /** Notes a failure that counts towards a lockout. */
  count(address: string, limits: LockoutLimits): void;
  /** How long an address is still locked out; 0 when it is not. */
  lockedForMs(address: string): number;
  /** A good secret ends the delays of an address. */
  succeeded(address: string): void;
}

interface Series {
  readonly startedAt: number;
  readonly attempts: number;
  readonly lockedUntil: number;
}

export function createThrottle(clock: Clock): Throttle {
  const failures = new Map<string, number>();
  const series = new Map<string, Series>();
  return {
    delay(address) {
      const count = (failures.get(address) ?? 0) + 1;
      remember(failures, address, count);
      const exponent = Math.min(count - 1, 16);
      return Math.min(POLICY.authFailureDelayBaseMs * 2 ** exponent, POLICY.authFailureDelayMaxMs);
    },
    count(address, limits) {
      const now = clock.now();
      const before = series.get(address);
      const isSameWindow = before !== undefined && now - before.startedAt < limits.windowMs;
      const attempts = isSameWindow ? before.attempts + 1 : 1;
      const lockedUntil = attempts >= limits.attemptsMax ? now + limits.lockoutMs : 0;
      remember(series, address, { startedAt: isSameWindow ? before.startedAt : now, attempts, lockedUntil });
    },
    lockedForMs(address) {
      return Math.max(0, (series.get(address)?.lockedUntil ?? 0) - clock.now());
    },
    succeeded(address) {
      // Only the delays end here: a good secret in between does not buy a guesser more attempts.
      failures.delete(address);
    },
  };
}

/** Keeps the map ordered by the last change, so that the bound forgets what was quiet the longest. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= POLICY.authFailureAddressesMax) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

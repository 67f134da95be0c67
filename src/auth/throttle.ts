import { POLICY } from "../../schemas/policy.ts";

/** Counts failed authentications per address. Failures cost time, never access: a good secret is not delayed. */
export interface Throttle {
  /** Notes a failure; the answer to it should wait this long. */
  failed(address: string): number;
  /** A good secret ends the series. */
  succeeded(address: string): void;
}

export function createThrottle(): Throttle {
  const failures = new Map<string, number>();
  return {
    failed(address) {
      const count = (failures.get(address) ?? 0) + 1;
      // Deleted first, so that the map stays ordered by the last failure and the bound forgets the oldest.
      failures.delete(address);
      failures.set(address, count);
      if (failures.size > POLICY.authFailureAddressesMax) {
        for (const oldest of failures.keys()) {
          failures.delete(oldest);
          break;
        }
      }
      const exponent = Math.min(count - 1, 16);
      return Math.min(POLICY.authFailureDelayBaseMs * 2 ** exponent, POLICY.authFailureDelayMaxMs);
    },
    succeeded(address) {
      failures.delete(address);
    },
  };
}

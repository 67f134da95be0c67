import { createHash, timingSafeEqual } from "node:crypto";

/** Compares secrets without telling by time where they differ, or how long the right one is. */
export function secretsEqual(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

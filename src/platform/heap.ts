import { setFlagsFromString } from "node:v8";

/**
 * Keeps the process small. V8 lets the young generation grow to 48 MiB and the old one to several times of what lives
 * in it before it collects; a gateway makes many short-lived texts of some hundred KiB and keeps little. Measured in
 * docs/decisions/2026-11-20-a-small-heap.md.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}

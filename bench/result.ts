import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./environment.ts";

/** One line of an answer: the same thing measured on both sides. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "µs" | "MiB" | "KiB" | "KiB/min" | "calls/s" | "turns/s" | "turns" | "handles" | "%";
  /** Per subject: the figure that counts, and the quartiles that say how sure it is. */
  readonly figures: Readonly<Record<string, { value: number; p25: number; p75: number; runs: number }>>;
  /** What we promise, where we promise something. */
  readonly budget?: number;
  /** How many times better than the reference we promise to be, in the same run. */
  readonly times?: number;
}

export interface Result {
  readonly question: string;
  readonly title: string;
  readonly environment: Environment;
  readonly rows: readonly Row[];
}

const RESULTS = join(import.meta.dirname, "results");

export function saveResult(result: Result): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${result.question}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

export function loadResults(): readonly Result[] {
  return readdirSync(RESULTS)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(RESULTS, file), "utf8")) as Result);
}

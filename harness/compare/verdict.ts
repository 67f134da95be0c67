import type { Diff } from "./diff.ts";

/**
 * One question with one answer, under an id that never changes: `<scenario>:<step>:<kind>`.
 * This is the shape of an entry of checks.json, which the scorecard is computed from.
 */
export interface Check {
  readonly id: string;
  readonly scenario: string;
  readonly step: string;
  /** answer | events.<event>[@connection] | seq[@connection] | outgoing | run */
  readonly kind: string;
  readonly area: string;
  /** What it counts for: a method, `HTTP GET /path`, `event:chat`, `connect`, `provider` ... */
  readonly method: string;
  readonly plane: "wire" | "state" | "outgoing";
  /** harness-gap: the referee could not ask; it says nothing about the gateway. */
  readonly verdict: "pass" | "fail" | "harness-gap";
  readonly severity: Severity;
  /** Why it was not run, or that the gateway is stricter than the reference. */
  readonly note?: string;
  readonly diffs: readonly Diff[];
  /** How many differences there are; `diffs` is cut. */
  readonly diffCount: number;
  /** The frame that came before the step, for reading a failure. */
  readonly before?: unknown;
  readonly latencyMs?: number;
  readonly referenceLatencyMs?: number;
}

/** critical: ok against refusal, a lost process, laxer security. minor: only more than the reference says. */
export type Severity = "critical" | "major" | "minor";

/** checks.json */
export interface ChecksFile {
  readonly version: 1;
  readonly gateway: string;
  readonly target: string;
  readonly reference: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly totals: { readonly pass: number; readonly fail: number; readonly "harness-gap": number };
  readonly checks: readonly Check[];
}

export function totalsOf(checks: readonly Check[]): ChecksFile["totals"] {
  const count = (verdict: Check["verdict"]): number =>
    checks.filter((check) => check.verdict === verdict).length;
  return { pass: count("pass"), fail: count("fail"), "harness-gap": count("harness-gap") };
}

import type { Check, ChecksFile } from "../compare/verdict.ts";
import type { Manifest } from "../freeze/manifest.ts";
import { Expectations, type ExpectedEntry } from "./expected.ts";

export type Verdict =
  | "pass"
  | "fail"
  | "known-gap"
  | "intentional"
  | "reference-defect"
  | "harness-gap"
  | "missing";

/** How many checks, or methods, have each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

export interface MethodScore {
  readonly method: string;
  readonly family: string;
  readonly area: string;
  readonly verdict: Verdict;
  readonly checks: number;
  readonly passed: number;
  /** False when every recorded answer is a refusal: the method was asked, but never made to work. */
  readonly wasServed: boolean;
  /** Medians over the checks that were timed, in milliseconds. */
  readonly latencyMs?: number;
  readonly referenceLatencyMs?: number;
}

export interface GroupScore {
  readonly name: string;
  readonly methods: Counts;
  readonly checks: Counts;
}

export interface Failure {
  readonly id: string;
  readonly method: string;
  readonly verdict: Verdict;
  readonly severity: Check["severity"];
  readonly reason?: string;
  readonly diffs: Check["diffs"];
  readonly diffCount: number;
}

/** score.json: the contract. Everything else that is published is drawn from it. */
export interface Score {
  readonly version: 1;
  readonly reference: string;
  readonly gateway: string;
  readonly date: string;
  readonly durationMs: number;
  readonly methods: { readonly total: number; readonly counts: Counts };
  readonly checks: { readonly total: number; readonly counts: Counts };
  readonly killRate?: { readonly caught: number; readonly total: number };
  readonly subsystems: readonly GroupScore[];
  readonly areas: readonly GroupScore[];
  readonly perMethod: readonly MethodScore[];
  readonly failures: readonly Failure[];
  /** Per scenario the `<step>:<kind>` that passed: what the ratchet holds on to. */
  readonly passed: Readonly<Record<string, readonly string[]>>;
}

export interface ScoreInput {
  readonly checks: ChecksFile;
  readonly manifest: Manifest;
  readonly expected: readonly ExpectedEntry[];
  /** Ids of the checks that count for the frozen reference; others run and are reported, but do not count. */
  readonly frozen: ReadonlySet<string> | undefined;
  /** Methods that the goldens show answering `ok: true` at least once. */
  readonly served: ReadonlySet<string>;
  readonly killRate?: { caught: number; total: number };
  readonly today: string;
}

export interface Scored {
  readonly score: Score;
  readonly stale: readonly string[];
  readonly expired: readonly string[];
}

/** A failure is told, not archived: checks.json of the run has all of it. */
const DIFFS_KEPT = 3;
const TEXT_KEPT = 240;

export function computeScore(input: ScoreInput): Scored {
  const expectations = new Expectations(input.expected, input.today);
  // What does not count yet is judged as well: an expectation of it is in use.
  const all = input.checks.checks.map((check) => judge(check, expectations));
  const judged = all.filter(({ check }) => input.frozen?.has(check.id) ?? true);
  const perMethod = input.manifest.methods
    .filter(({ status }) => status !== "gone")
    .map((row) => methodScore(row, judged, input.served));
  const score: Score = {
    version: 1,
    reference: input.manifest.reference,
    gateway: input.checks.gateway,
    date: input.today,
    durationMs: input.checks.durationMs,
    methods: { total: perMethod.length, counts: count(perMethod) },
    checks: { total: judged.length, counts: count(judged) },
    ...(input.killRate === undefined ? {} : { killRate: input.killRate }),
    subsystems: groups(perMethod, judged, ({ family }) => family),
    areas: groups(perMethod, judged, ({ area }) => area),
    perMethod,
    failures: judged.filter(({ verdict }) => verdict !== "pass").map(failureOf),
    passed: passedIn(judged),
  };
  return { score, stale: expectations.stale(), expired: expectations.expired() };
}

interface Judged {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly entry: ExpectedEntry | undefined;
}

function judge(check: Check, expectations: Expectations): Judged {
  if (check.verdict !== "fail") return { check, verdict: check.verdict, entry: undefined };
  const entry = expectations.find(check.id);
  return { check, verdict: entry?.verdict ?? "fail", entry };
}

function methodScore(
  row: Manifest["methods"][number],
  judged: readonly Judged[],
  served: ReadonlySet<string>,
): MethodScore {
  const mine = judged.filter(({ check }) => check.method === row.name);
  const passed = mine.filter(({ verdict }) => verdict === "pass").length;
  const latencyMs = median(mine.map(({ check }) => check.latencyMs));
  const referenceLatencyMs = median(mine.map(({ check }) => check.referenceLatencyMs));
  return {
    method: row.name,
    family: row.family,
    area: row.area,
    verdict: worst(mine),
    checks: mine.length,
    passed,
    wasServed: served.has(row.name),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(referenceLatencyMs === undefined ? {} : { referenceLatencyMs }),
  };
}

/** A method is as good as its worst check; one that nobody asked is missing, never a pass. */
const FROM_WORST: readonly Verdict[] = [
  "fail",
  "known-gap",
  "harness-gap",
  "reference-defect",
  "intentional",
  "pass",
];

function worst(judged: readonly Judged[]): Verdict {
  return FROM_WORST.find((verdict) => judged.some((one) => one.verdict === verdict)) ?? "missing";
}

function groups(
  methods: readonly MethodScore[],
  judged: readonly Judged[],
  nameOf: (method: MethodScore) => string,
): GroupScore[] {
  const names = [...new Set(methods.map(nameOf))].sort();
  return names.map((name) => {
    const mine = methods.filter((method) => nameOf(method) === name);
    const called = new Set(mine.map(({ method }) => method));
    return {
      name,
      methods: count(mine),
      checks: count(judged.filter(({ check }) => called.has(check.method))),
    };
  });
}

function failureOf({ check, verdict, entry }: Judged): Failure {
  return {
    id: check.id,
    method: check.method,
    verdict,
    severity: check.severity,
    ...(entry === undefined ? {} : { reason: entry.reason }),
    diffs: check.diffs.slice(0, DIFFS_KEPT).map(shortened),
    diffCount: check.diffCount,
  };
}

function shortened(diff: Check["diffs"][number]): Check["diffs"][number] {
  return {
    ...diff,
    ...("expected" in diff ? { expected: shortText(diff.expected) } : {}),
    ...("actual" in diff ? { actual: shortText(diff.actual) } : {}),
  };
}

function shortText(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === undefined || text.length <= TEXT_KEPT ? value : `${text.slice(0, TEXT_KEPT)}…`;
}

function passedIn(judged: readonly Judged[]): Record<string, string[]> {
  const passed: Record<string, string[]> = {};
  for (const { check, verdict } of judged) {
    if (verdict === "pass") (passed[check.scenario] ??= []).push(`${check.step}:${check.kind}`);
  }
  return passed;
}

function count(items: readonly { readonly verdict: Verdict }[]): Counts {
  const counts: Record<Verdict, number> = {
    pass: 0,
    fail: 0,
    "known-gap": 0,
    intentional: 0,
    "reference-defect": 0,
    "harness-gap": 0,
    missing: 0,
  };
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? undefined : Math.round(middle * 100) / 100;
}

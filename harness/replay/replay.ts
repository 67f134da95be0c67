import { canonical } from "../compare/canonical.ts";
import { compare, type StepExtras } from "../compare/compare.ts";
import type { Diff } from "../compare/diff.ts";
import { type NoiseRule } from "../compare/noise.ts";
import { refresh } from "../compare/refresh.ts";
import type { Check } from "../compare/verdict.ts";
import { type Played, runBatches } from "../drive/run-batches.ts";
import type { Patience } from "../drive/session.ts";
import type { Trace } from "../drive/trace.ts";
import type { Gateway } from "../launch/gateway.ts";
import { type Golden, readGolden } from "../record/golden.ts";
import { readNoise } from "../record/noise-file.ts";
import { type Batch, batchesOf } from "../scenario/batches.ts";
import { playedHash } from "../scenario/played-hash.ts";
import type { Scenario } from "../scenario/schema.ts";

export interface ReplayOptions {
  readonly corpus: string;
  readonly scenarios: readonly Scenario[];
  readonly start: (batch: Batch) => Promise<Gateway>;
  readonly patience: Patience;
  readonly jobs: number;
  readonly settleMs: number;
  /** Why this scenario cannot be played to this gateway, if it cannot. */
  readonly cannotPlay: (scenario: Scenario) => string | undefined;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

function extrasOf(trace: Trace): Map<string, StepExtras> {
  return new Map(
    trace.steps.map((step) => [
      step.id,
      {
        unmet: step.unmet.map(
          (one): Diff => ({
            pointer: one.pointer,
            kind: "expect",
            expected: { [one.rule]: one.wanted },
            actual: one.got,
          }),
        ),
        latencyMs: step.latencyMs,
        before: step.before,
      },
    ]),
  );
}

/** One check that says why a whole scenario says nothing about the gateway. */
export function gap(scenario: Scenario, note: string): Check {
  return {
    id: `${scenario.id}:scenario:run`,
    scenario: scenario.id,
    step: "scenario",
    kind: "run",
    area: scenario.area,
    method: "gateway",
    plane: "wire",
    verdict: "harness-gap",
    severity: "critical",
    note,
    diffs: [],
    diffCount: 0,
  };
}

/** All checks a golden has, as not asked: the denominator stays the same whoever is tested. */
function notRun(scenario: Scenario, golden: Golden, noise: readonly NoiseRule[], note: string): Check[] {
  const records = refresh(golden.records, scenario, noise);
  const input = { scenario, golden: records, actual: records, noise, extras: new Map(), died: undefined };
  return compare(input).map((check) => ({ ...check, verdict: "harness-gap", note: `Not run: ${note}` }));
}

/** A gateway that never started fails every check of the scenario, each under its own id. */
function allFailed(scenario: Scenario, golden: Golden, noise: readonly NoiseRule[], note: string): Check[] {
  const diffs: Diff[] = [
    { pointer: "", kind: "problem", expected: "a gateway", actual: note.slice(0, 2000) },
  ];
  return notRun(scenario, golden, noise, note).map((check) => ({
    ...check,
    verdict: "fail",
    severity: "critical",
    note: `Not testable: ${note.slice(0, 300)}`,
    diffs,
    diffCount: 1,
  }));
}

export function checksOf(
  scenario: Scenario,
  trace: Trace,
  golden: Golden,
  noise: readonly NoiseRule[],
): Check[] {
  return compare({
    scenario,
    golden: refresh(golden.records, scenario, noise),
    actual: canonical(trace, scenario, noise),
    noise,
    extras: extrasOf(trace),
    died: trace.died,
  });
}

async function judge(played: Played, options: ReplayOptions, noise: readonly NoiseRule[]): Promise<Check[]> {
  const { scenario, trace, problem } = played;
  const golden = await readGolden(options.corpus, scenario.id);
  if (golden === undefined) return [gap(scenario, "the scenario has no golden yet")];
  if (trace === undefined) return allFailed(scenario, golden, noise, problem ?? "not played");
  return checksOf(scenario, trace, golden, noise);
}

/** Plays the corpus to a gateway and compares what comes back with the goldens. */
export async function replay(options: ReplayOptions): Promise<Check[]> {
  const noise = await readNoise(options.corpus);
  const found = new Map<string, Promise<Check[]>>();
  const playable: Scenario[] = [];
  for (const scenario of options.scenarios) {
    const reason = options.cannotPlay(scenario);
    const golden = await readGolden(options.corpus, scenario.id);
    if (golden === undefined) {
      found.set(scenario.id, Promise.resolve([gap(scenario, "the scenario has no golden yet")]));
    } else if (golden.header.scenarioHash !== playedHash(scenario)) {
      const note = "the scenario does something else than when its golden was recorded; record it again";
      found.set(scenario.id, Promise.resolve([gap(scenario, note)]));
    } else if (reason !== undefined) {
      found.set(scenario.id, Promise.resolve(notRun(scenario, golden, noise, reason)));
    } else playable.push(scenario);
  }
  let done = 0;
  await runBatches(batchesOf(playable), {
    start: options.start,
    jobs: options.jobs,
    options: { patience: options.patience, settleMs: options.settleMs },
    onPlayed: (played) => {
      done += 1;
      options.onProgress(done, playable.length, played.scenario.id);
      found.set(played.scenario.id, judge(played, options, noise));
    },
  });
  const inOrder = options.scenarios.map((scenario) => found.get(scenario.id) ?? Promise.resolve([]));
  return (await Promise.all(inOrder)).flat();
}

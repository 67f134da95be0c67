import { mergeNoise, type NoiseRule } from "../compare/noise.ts";
import type { Check } from "../compare/verdict.ts";
import { runBatches } from "../drive/run-batches.ts";
import type { Patience } from "../drive/session.ts";
import type { Trace } from "../drive/trace.ts";
import type { Gateway } from "../launch/gateway.ts";
import { REFERENCE_VERSION } from "../launch/places.ts";
import { RECORDER_VERSION } from "../record/golden.ts";
import { learn } from "../record/learn.ts";
import { checksOf, gap } from "../replay/replay.ts";
import { type Batch, batchesOf } from "../scenario/batches.ts";
import { playedHash } from "../scenario/played-hash.ts";
import type { Scenario } from "../scenario/schema.ts";

/** One of the two gateways, and how it wants to be treated. */
export interface Side {
  readonly start: (batch: Batch) => Promise<Gateway>;
  readonly patience: Patience;
  readonly settleMs: number;
}

export interface DifferOptions {
  readonly scenarios: readonly Scenario[];
  readonly reference: Side;
  readonly candidate: Side;
  /** What is known to vary, from earlier recordings. */
  readonly noise: readonly NoiseRule[];
  readonly jobs: number;
  readonly seed: number;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

/** How often the reference is asked, to see in what it differs from itself. */
const SAMPLES = 2;

/** Asks the reference twice and the candidate once, and says in what they differ. */
export async function differ(options: DifferOptions): Promise<readonly Check[]> {
  const { scenarios, reference, candidate } = options;
  const total = scenarios.length * (SAMPLES + 1);
  const problems = new Map<string, string>();
  let done = 0;
  const play = async (side: Side): Promise<ReadonlyMap<string, Trace>> => {
    const traces = new Map<string, Trace>();
    await runBatches(batchesOf(scenarios), {
      start: side.start,
      options: { patience: side.patience, settleMs: side.settleMs },
      jobs: options.jobs,
      onPlayed: ({ scenario, trace, problem }) => {
        if (trace === undefined) problems.set(scenario.id, problem ?? "not played");
        else traces.set(scenario.id, trace);
        options.onProgress(++done, total, scenario.id);
      },
    });
    return traces;
  };
  const samples: ReadonlyMap<string, Trace>[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) samples.push(await play(reference));
  const answers = await play(candidate);
  return scenarios.flatMap((scenario) => {
    const actual = answers.get(scenario.id);
    const known = samples.flatMap((traces) => traces.get(scenario.id) ?? []);
    if (actual === undefined || known.length < SAMPLES) {
      return [gap(scenario, `Not run: ${problems.get(scenario.id)}`)];
    }
    return judge(scenario, known, actual, options);
  });
}

/** The checks of one scenario. A question that the reference answers in two ways is no question. */
export function judge(
  scenario: Scenario,
  samples: readonly Trace[],
  actual: Trace,
  { noise, seed }: Pick<DifferOptions, "noise" | "seed">,
): readonly Check[] {
  const { records, rules, unstable } = learn(samples, scenario, noise);
  const unsteady = new Set(unstable.map(({ where }) => where));
  const golden = {
    header: {
      type: "header" as const,
      scenario: scenario.id,
      scenarioHash: playedHash(scenario),
      reference: REFERENCE_VERSION,
      recorder: RECORDER_VERSION,
      seed,
      date: new Date().toISOString().slice(0, 10),
      samples: samples.length,
      records: records.length,
    },
    records,
  };
  return checksOf(scenario, actual, golden, mergeNoise(noise, rules))
    .filter(({ step }) => !["connect", "scenario"].includes(step) && !step.startsWith("prepare-"))
    .filter(({ kind }) => kind === "answer")
    .map((check) =>
      unsteady.has(check.step)
        ? { ...check, verdict: "harness-gap", note: "the reference answered in two ways" }
        : check,
    );
}

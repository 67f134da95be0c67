import { mergeNoise, type NoiseRule } from "../compare/noise.ts";
import { runBatches } from "../drive/run-batches.ts";
import { PATIENT } from "../drive/session.ts";
import type { Trace } from "../drive/trace.ts";
import type { LaunchContract } from "../launch/contract.ts";
import { launch } from "../launch/launch.ts";
import { REFERENCE_VERSION } from "../launch/places.ts";
import type { PortFinder } from "../launch/ports.ts";
import { type Batch, batchesOf } from "../scenario/batches.ts";
import { playedHash } from "../scenario/played-hash.ts";
import { type Scenario, unstatedSteps } from "../scenario/schema.ts";
import { fillExpectations } from "./fill.ts";
import { readGolden, refreshGoldens, writeGolden } from "./golden.ts";
import { type Instability, learn } from "./learn.ts";
import { readNoise, writeNoise } from "./noise-file.ts";

export interface RecordOptions {
  readonly corpus: string;
  /** Where goldens go; the corpus itself unless a comparison is wanted. */
  readonly out: string;
  readonly scenarios: readonly Scenario[];
  readonly contract: LaunchContract;
  readonly ports: PortFinder;
  readonly samples: number;
  readonly jobs: number;
  readonly logFolder: string;
  readonly seed: number;
  /** Write ok and code into generated scenarios that do not state them. */
  readonly fill: boolean;
  /** Nothing may be learned: the mask is as it was reviewed. */
  readonly check: boolean;
  readonly onRecorded: (recorded: Recorded) => void;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

export interface Recorded {
  readonly scenario: string;
  readonly outcome: "same" | "changed" | "new" | "refused";
  readonly problems: readonly string[];
  readonly learned: number;
}

export interface RecordReport {
  readonly recorded: readonly Recorded[];
  /** The mask as it is now, and what this recording added. */
  readonly learned: readonly NoiseRule[];
  readonly durationMs: number;
}

const SETTLE_MS = 250;

/** What keeps a recording from being kept: the reference itself did not do what the scenario expects. */
function problemsOf(scenario: Scenario, traces: readonly Trace[]): string[] {
  const last = traces.at(-1);
  if (last === undefined) return ["never played"];
  const found: string[] = last.died === undefined ? [] : [`the reference died: ${last.died.slice(-400)}`];
  for (const step of last.steps) {
    if (step.problem !== undefined) found.push(`step ${step.id}: ${step.problem}`);
    for (const one of step.unmet) {
      const got = (JSON.stringify(one.got) ?? "nothing").slice(0, 300);
      found.push(
        `step ${step.id}: ${one.rule} ${one.pointer} wants ${JSON.stringify(one.wanted)}, got ${got}`,
      );
    }
  }
  return found;
}

function describe(one: Instability): string {
  const short = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);
  const { pointer, kind, expected, actual } = one.diff;
  return `unstable at ${one.where} ${pointer} (${kind}): ${short(expected)} / ${short(actual)}`;
}

interface Samples {
  readonly traces: readonly Trace[];
  readonly problem: string | undefined;
}

/** One batch, several times on fresh references: forwards, backwards, forwards ... */
async function playSamples(
  batch: Batch,
  options: RecordOptions,
  onPlayed: (id: string) => void,
): Promise<Map<string, Samples>> {
  const found = new Map<string, Samples>();
  for (let sample = 0; sample < options.samples; sample++) {
    const order = sample % 2 === 0 ? batch : { ...batch, scenarios: batch.scenarios.toReversed() };
    await runBatches([order], {
      jobs: 1,
      options: { patience: PATIENT, settleMs: SETTLE_MS },
      start: () =>
        launch({
          contract: options.contract,
          setup: batch.setup,
          ports: options.ports,
          logFolder: options.logFolder,
          label: `${batch.label}-${sample + 1}`,
        }),
      onPlayed: ({ scenario, trace, problem }) => {
        onPlayed(scenario.id);
        const before = found.get(scenario.id);
        found.set(scenario.id, {
          traces: [...(before?.traces ?? []), ...(trace === undefined ? [] : [trace])],
          problem: before?.problem ?? problem,
        });
      },
    });
  }
  return found;
}

async function keep(
  scenario: Scenario,
  traces: readonly Trace[],
  problem: string | undefined,
  noise: readonly NoiseRule[],
  options: RecordOptions,
): Promise<Recorded & { readonly rules: readonly NoiseRule[] }> {
  const refused = (
    problems: readonly string[],
    learned: readonly NoiseRule[] = [],
  ): Recorded & { rules: readonly NoiseRule[] } => ({
    scenario: scenario.id,
    outcome: "refused",
    problems,
    learned: learned.length,
    rules: [],
  });
  if (problem !== undefined) return refused([problem]);
  const failures = traces.flatMap((trace) => problemsOf(scenario, [trace]));
  if (failures.length > 0) return refused([...new Set(failures)]);
  if (unstatedSteps(scenario).length > 0) {
    if (!options.fill) return refused(["generated steps state no outcome; run record with --fill"]);
    await fillExpectations(options.corpus, scenario, traces[0]);
  }
  const hash = playedHash(scenario);
  const before = await readGolden(options.corpus, scenario.id).catch(() => undefined);
  const earlier = before?.header.scenarioHash === hash ? before.records : [];
  const { records, rules, unstable } = learn(traces, scenario, noise, earlier);
  if (unstable.length > 0) return refused(unstable.slice(0, 12).map(describe), rules);
  if (options.check && rules.length > 0) {
    return refused(
      rules.map((rule) => `the mask grows: ${rule.on} ${rule.path} ${rule.rule}`),
      rules,
    );
  }
  const header = {
    scenario: scenario.id,
    scenarioHash: hash,
    reference: REFERENCE_VERSION,
    seed: options.seed,
    date: new Date().toISOString().slice(0, 10),
    samples: traces.length,
  };
  const outcome = await writeGolden(options.out, header, records);
  return { scenario: scenario.id, outcome, problems: [], learned: rules.length, rules };
}

const sameRule = (one: NoiseRule, other: NoiseRule): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Plays every scenario several times to fresh references, learns what varies, and keeps what does not. */
export async function record(options: RecordOptions): Promise<RecordReport> {
  const begun = performance.now();
  const known = await readNoise(options.corpus);
  let noise: readonly NoiseRule[] = known;
  const recorded: Recorded[] = [];
  const queue = [...batchesOf(options.scenarios)];
  const total = options.scenarios.length * options.samples;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      const found = await playSamples(batch, options, (id) => options.onProgress(++done, total, id));
      // What is recorded is kept at once: an interrupted run loses the batch it was in, no more.
      for (const scenario of batch.scenarios) {
        const samples = found.get(scenario.id);
        const { rules, ...one } = await keep(
          scenario,
          samples?.traces ?? [],
          samples?.problem,
          noise,
          options,
        );
        noise = mergeNoise(noise, rules);
        recorded.push(one);
        options.onRecorded(one);
      }
      if (!options.check) await writeNoise(options.corpus, REFERENCE_VERSION, noise);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  const learned = noise.filter((rule) => !known.some((one) => sameRule(one, rule)));
  if (learned.length > 0) await refreshGoldens(options.out, noise);
  return { recorded, learned, durationMs: Math.round(performance.now() - begun) };
}

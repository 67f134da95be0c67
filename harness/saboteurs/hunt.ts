import { type NoiseRule } from "../compare/noise.ts";
import { type RunOptions, runScenario } from "../drive/run-scenario.ts";
import type { Gateway } from "../launch/gateway.ts";
import { readGolden } from "../record/golden.ts";
import { readNoise } from "../record/noise-file.ts";
import { checksOf } from "../replay/replay.ts";
import { loadScenario } from "../scenario/load.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Fault, Saboteur } from "./fault.ts";
import { sabotage } from "./proxy.ts";

export interface HuntOptions {
  readonly corpus: string;
  readonly saboteurs: readonly Saboteur[];
  /** A fresh gateway for this scenario: what one saboteur did must not help or hide the next. */
  readonly start: (scenario: Scenario, label: string) => Promise<Gateway>;
  readonly run: RunOptions;
  readonly jobs: number;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

export interface Catch {
  readonly saboteur: string;
  readonly does: string;
  readonly scenario: string;
  /** The checks that noticed and were meant to; none when it got away. */
  readonly caughtBy: readonly string[];
  /** Other checks that failed with it: a fault may have consequences. */
  readonly alsoFailed: readonly string[];
  /** Checks that fail without any fault too, so that they catch nobody. */
  readonly blind: readonly string[];
}

const NO_FAULT: Fault = {};

/** Lets each saboteur play its scenario, and the same scenario once without a fault through the same proxy. */
export async function hunt(options: HuntOptions): Promise<Catch[]> {
  const noise = await readNoise(options.corpus);
  const byScenario = Map.groupBy(options.saboteurs, ({ scenario }) => scenario);
  const blind = new Map<string, readonly string[]>();
  const caught = new Map<string, Catch>();
  let done = 0;
  const total = byScenario.size + options.saboteurs.length;
  const progressed = (what: string): void => options.onProgress((done += 1), total, what);

  await inParallel([...byScenario.keys()], options.jobs, async (id) => {
    blind.set(id, await failedChecks(options, id, `clean-${id}`, NO_FAULT, noise));
    progressed(`${id} without a fault`);
  });
  await inParallel(options.saboteurs, options.jobs, async (saboteur) => {
    const failed = await failedChecks(options, saboteur.scenario, saboteur.id, saboteur.fault(), noise);
    caught.set(saboteur.id, verdictOn(saboteur, blind.get(saboteur.scenario) ?? [], failed));
    progressed(saboteur.id);
  });
  return options.saboteurs.flatMap(({ id }) => caught.get(id) ?? []);
}

/** Ids of failing checks, without the scenario's name. */
async function failedChecks(
  options: HuntOptions,
  id: string,
  label: string,
  fault: Fault,
  noise: readonly NoiseRule[],
): Promise<readonly string[]> {
  const scenario = await loadScenario(options.corpus, id);
  const golden = await readGolden(options.corpus, id);
  if (golden === undefined) throw new Error(`${id} has no golden: record it first`);
  await using gateway = await options.start(scenario, label.replaceAll("/", "-"));
  await using faulty = await sabotage(gateway, fault);
  const trace = await runScenario(scenario, faulty, options.run);
  return checksOf(scenario, trace, golden, noise)
    .filter(({ verdict }) => verdict === "fail")
    .map(({ step, kind }) => `${step}:${kind}`);
}

export function verdictOn(saboteur: Saboteur, blind: readonly string[], failed: readonly string[]): Catch {
  const { id, does, scenario, caughtBy } = saboteur;
  const fresh = failed.filter((check) => !blind.includes(check));
  const hits = fresh.filter((check) => caughtBy.test(check));
  return {
    saboteur: id,
    does,
    scenario,
    caughtBy: hits,
    alsoFailed: fresh.filter((check) => !hits.includes(check)),
    blind,
  };
}

async function inParallel<T>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}

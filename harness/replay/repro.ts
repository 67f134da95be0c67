import type { Check } from "../compare/verdict.ts";
import { runScenario } from "../drive/run-scenario.ts";
import type { Gateway } from "../launch/gateway.ts";
import { readGolden } from "../record/golden.ts";
import { readNoise } from "../record/noise-file.ts";
import type { Scenario } from "../scenario/schema.ts";
import { prefixFor, sliceFor, withoutEach } from "./minimise.ts";
import { checksOf, type ReplayOptions } from "./replay.ts";

export interface Reproduction {
  readonly check: Check | undefined;
  /** The smallest scenario found that still shows the failure; the whole one when no smaller does. */
  readonly scenario: Scenario;
  readonly isReproduced: boolean;
  readonly runs: number;
}

const RUNS_MAX = 16;

export interface CheckAddress {
  readonly scenario: string;
  readonly step: string;
}

export function parseCheckId(id: string): CheckAddress {
  const [scenario, step] = id.split(":");
  if (scenario === undefined || step === undefined) {
    throw new Error(`${id} is no check id; they look like chat/turn:send:answer`);
  }
  return { scenario, step };
}

/** The same failure: the same place, and the same values on both sides. */
function isSameFailure(one: Check | undefined, other: Check | undefined): boolean {
  if (one === undefined || other?.verdict !== "fail") return false;
  const keys = (check: Check): string[] => check.diffs.map((found) => `${found.kind} ${found.pointer}`);
  const seen = new Set(keys(other));
  return keys(one).some((key) => seen.has(key));
}

/** Plays ever smaller cuts of the scenario, each to a fresh gateway, and keeps the smallest that still fails. */
export async function reproduce(
  id: string,
  whole: Scenario,
  options: Pick<ReplayOptions, "corpus" | "patience" | "settleMs"> & {
    readonly start: (scenario: Scenario) => Promise<Gateway>;
  },
): Promise<Reproduction> {
  const { step } = parseCheckId(id);
  const golden = await readGolden(options.corpus, whole.id);
  if (golden === undefined) throw new Error(`${whole.id} has no golden`);
  const noise = await readNoise(options.corpus);
  let runs = 0;
  const play = async (scenario: Scenario): Promise<Check | undefined> => {
    runs += 1;
    await using gateway = await options.start(scenario);
    const trace = await runScenario(scenario, gateway, options);
    return checksOf(scenario, trace, golden, noise).find((check) => check.id === id);
  };
  const first = await play(whole);
  if (first?.verdict !== "fail") return { check: first, scenario: whole, isReproduced: false, runs };
  let smallest = whole;
  for (const cut of [sliceFor(whole, step), prefixFor(whole, step)]) {
    if (cut.steps.length >= whole.steps.length) continue;
    if (!isSameFailure(first, await play(cut))) continue;
    smallest = cut;
    break;
  }
  for (let isSmaller = true; isSmaller && runs < RUNS_MAX; ) {
    isSmaller = false;
    for (const cut of withoutEach(smallest, step)) {
      if (runs >= RUNS_MAX) break;
      if (!isSameFailure(first, await play(cut))) continue;
      smallest = cut;
      isSmaller = true;
      break;
    }
  }
  return { check: first, scenario: smallest, isReproduced: true, runs };
}

import type { Gateway } from "../launch/gateway.ts";
import type { Batch } from "../scenario/batches.ts";
import type { Scenario } from "../scenario/schema.ts";
import { type RunOptions, runScenario } from "./run-scenario.ts";
import type { Trace } from "./trace.ts";

export interface Played {
  readonly scenario: Scenario;
  /** Undefined when there was no gateway to play it to. */
  readonly trace: Trace | undefined;
  readonly problem: string | undefined;
}

export interface BatchRun {
  /** Starts a gateway for the batch; it is disposed of afterwards. */
  readonly start: (batch: Batch) => Promise<Gateway>;
  readonly options: RunOptions;
  /** Batches that run at the same time. */
  readonly jobs: number;
  readonly onPlayed: (played: Played) => void;
}

async function playBatch(batch: Batch, run: BatchRun): Promise<void> {
  let gateway: Gateway | undefined;
  const report = (scenario: Scenario, trace: Trace | undefined, problem?: string): void =>
    run.onPlayed({ scenario, trace, problem });
  try {
    for (const scenario of batch.scenarios) {
      try {
        gateway ??= await run.start(batch);
      } catch (error) {
        report(scenario, undefined, error instanceof Error ? error.message : String(error));
        continue;
      }
      const trace = await runScenario(scenario, gateway, run.options);
      report(scenario, trace);
      // A gateway that died takes nobody with it: the next scenario gets a new one.
      if (trace.died !== undefined) {
        await gateway[Symbol.asyncDispose]();
        gateway = undefined;
      }
    }
  } finally {
    await gateway?.[Symbol.asyncDispose]();
  }
}

/** Plays all batches, `jobs` of them at a time. */
export async function runBatches(batches: readonly Batch[], run: BatchRun): Promise<void> {
  const queue = [...batches];
  const worker = async (): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await playBatch(batch, run);
  };
  await Promise.all(Array.from({ length: Math.max(1, run.jobs) }, worker));
}

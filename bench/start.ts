import { setTimeout as pause } from "node:timers/promises";
import { RunningGateway } from "./gateway.ts";
import type { Row } from "./result.ts";
import { summarise } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** Long enough for what a start leaves behind to be collected, short enough to be run often. */
const IDLE_MS = 5_000;

interface Sample {
  readonly listeningMs: number;
  readonly helloMs: number;
  readonly idleMiB: number;
}

/** How long until a client is served, and what the process weighs when nobody asks anything. */
export async function start(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const subject of subjects) {
      const sample = await measure(subject);
      // The first run of each warms the file and compile caches and is not counted.
      if (run > 0) samples.get(subject.name)?.push(sample);
      console.error(
        `${run === 0 ? "warm-up" : `run ${run}`}  ${subject.name}  ${Math.round(sample.helloMs)} ms to hello-ok`,
      );
    }
  }
  const row = (
    what: string,
    unit: Row["unit"],
    budget: number | undefined,
    of: (sample: Sample) => number,
  ): Row => ({
    what,
    unit,
    ...(budget === undefined ? {} : { budget }),
    figures: Object.fromEntries(
      [...samples].map(([name, taken]) => {
        const { median, p25, p75, runs: count } = summarise(taken.map(of));
        return [name, { value: median, p25, p75, runs: count }];
      }),
    ),
  });
  return [
    row("process start to listening", "ms", undefined, ({ listeningMs }) => listeningMs),
    row("process start to hello-ok", "ms", 300, ({ helloMs }) => helloMs),
    row(`resident memory, idle for ${IDLE_MS / 1000} s`, "MiB", 90, ({ idleMiB }) => idleMiB),
  ];
}

async function measure(subject: Subject): Promise<Sample> {
  await using gateway = await RunningGateway.start(subject);
  await pause(IDLE_MS);
  const { listeningMs, helloMs } = gateway;
  return { listeningMs, helloMs, idleMiB: gateway.residentBytes() / 2 ** 20 };
}

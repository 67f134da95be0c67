import type { BenchClient } from "./client.ts";

export interface Load {
  readonly latenciesMs: readonly number[];
  readonly callsPerSecond: number;
  /** How much of one core the generator itself used: near 100 % it was the limit, and the figure is its own. */
  readonly generatorPercent: number;
}

export interface LoadOptions {
  readonly method: string;
  readonly params?: Record<string, unknown>;
  readonly inFlight: number;
  readonly calls: number;
  /** Given up after this, with what there is: a slow gateway still gets a figure. */
  readonly atMostMs: number;
}

/** Keeps a number of calls in flight on one connection until enough were answered. Each must succeed. */
export async function load(client: BenchClient, options: LoadOptions): Promise<Load> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const usage = process.cpuUsage();
  let left = options.calls;
  const worker = async (): Promise<void> => {
    while (left > 0 && performance.now() - startedAt < options.atMostMs) {
      left -= 1;
      const sentAt = performance.now();
      await client.call(options.method, options.params);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, worker));
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(usage);
  return {
    latenciesMs,
    callsPerSecond: (latenciesMs.length / elapsedMs) * 1000,
    generatorPercent: ((user + system) / 1000 / elapsedMs) * 100,
  };
}

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
      await client.call(options.method, options.params).catch((error: unknown) => {
        // A gateway that refuses one call has no figure: the others stop too.
        left = 0;
        throw error;
      });
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

export interface OpenLoadOptions {
  /** Calls per second, sent when they are due whether or not earlier ones were answered. */
  readonly rate: number;
  readonly seconds: number;
  readonly pick: (number: number) => { readonly method: string; readonly params?: Record<string, unknown> };
}

export interface OpenLoad extends Load {
  /** Answered over due: below 1 the gateway refused some, or did not keep up in the time it was given afterwards. */
  readonly answered: number;
}

/** More than this many open calls would measure the memory of the generator. */
const OPEN_CALLS_MAX = 20_000;
const SETTLE_MS = 5_000;

/**
 * Sends calls at the times at which they are due, spread over the connections, and measures each from the time it was
 * due: a gateway that stalls is charged for everything that had to wait.
 */
export async function openLoad(
  clients: readonly BenchClient[],
  { rate, seconds, pick }: OpenLoadOptions,
): Promise<OpenLoad> {
  const latenciesMs: number[] = [];
  const due = Math.round(rate * seconds);
  const everyMs = 1000 / rate;
  const usage = process.cpuUsage();
  const startedAt = performance.now();
  let sent = 0;
  let open = 0;
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const sendDue = (): void => {
    for (; sent < due && startedAt + sent * everyMs <= performance.now(); sent += 1) {
      if (open >= OPEN_CALLS_MAX) continue;
      const dueAt = startedAt + sent * everyMs;
      const { method, params } = pick(sent);
      open += 1;
      void clients[sent % clients.length]
        ?.call(method, params)
        .then(
          () => latenciesMs.push(performance.now() - dueAt),
          // A refusal is no answer: it is told by what share of the calls was answered.
          () => {},
        )
        .finally(() => {
          open -= 1;
          if (sent === due && open === 0) end();
        });
    }
    if (sent < due) setTimeout(sendDue, 0);
  };
  sendDue();
  const late = setTimeout(end, seconds * 1000 + SETTLE_MS);
  await over;
  clearTimeout(late);
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(usage);
  return {
    latenciesMs,
    callsPerSecond: (latenciesMs.length / elapsedMs) * 1000,
    generatorPercent: ((user + system) / 1000 / elapsedMs) * 100,
    answered: latenciesMs.length / due,
  };
}

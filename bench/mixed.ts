import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { openLoad } from "./load.ts";
import { FakeProvider } from "./provider.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const RATES = [100, 500, 2_000] as const;
const SECONDS = 8;
const CONNECTIONS = 8;
/** Of a hundred calls: what a few open Control UIs and a script ask, with a conversation going on. */
const MIX: readonly {
  readonly share: number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
}[] = [
  { share: 35, method: "sessions.list", params: { limit: 50 } },
  { share: 30, method: "chat.history", params: { sessionKey: "main", limit: 50 } },
  { share: 15, method: "health" },
  { share: 10, method: "models.list" },
  { share: 9, method: "agents.list" },
  { share: 1, method: "chat.send" },
];

/** Calls that come when they come: latency from the moment each was due, and how late the event loop was. */
export async function mixed(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject, run) => {
    await using provider = await FakeProvider.start();
    await using gateway = await RunningGateway.start(subject, {
      config: provider.config(),
      watchesLoop: true,
    });
    await using crowd = new AsyncDisposableStack();
    const clients: BenchClient[] = [];
    while (clients.length < CONNECTIONS) clients.push(crowd.use(await gateway.connect()));
    await openLoad(clients, { rate: 50, seconds: 3, pick: picker(`warm-${run}`) });
    for (const rate of RATES) {
      await gateway.loopDelay();
      const outcome = await openLoad(clients, { rate, seconds: SECONDS, pick: picker(`${run}-${rate}`) });
      enter(sheet, subject, rate, outcome, await gateway.loopDelay());
    }
  });
  return sheet.rows();
}

function enter(
  sheet: Sheet,
  subject: Subject,
  rate: number,
  outcome: Awaited<ReturnType<typeof openLoad>>,
  loop: { readonly p99Ms: number; readonly maxMs: number },
): void {
  const { median, p95, p99, p999 } = summariseTail(outcome.latenciesMs);
  const at = `${rate.toLocaleString("en-US")} calls/s`;
  sheet.add(subject, { what: `${at}, answered`, unit: "%" }, outcome.answered * 100);
  sheet.add(subject, { what: `${at}, p50`, unit: "ms" }, median);
  sheet.add(subject, { what: `${at}, p95`, unit: "ms" }, p95);
  sheet.add(subject, { what: `${at}, p99`, unit: "ms" }, p99);
  sheet.add(subject, { what: `${at}, p99.9`, unit: "ms" }, p999);
  sheet.add(subject, { what: `${at}, event loop p99`, unit: "ms", budget: 10 }, loop.p99Ms);
  sheet.add(subject, { what: `${at}, event loop max`, unit: "ms" }, loop.maxMs);
  sheet.add(subject, { what: `${at}, generator's own core`, unit: "%" }, outcome.generatorPercent);
}

function picker(label: string): (number: number) => { method: string; params?: Record<string, unknown> } {
  const calls = MIX.flatMap((one) => Array.from({ length: one.share }, () => one));
  return (number) => {
    // 37 and 100 share no divisor: the mix is spread and the same in every run.
    const { method, params } = calls[(number * 37) % calls.length] ?? { method: "health" };
    if (method !== "chat.send") return params === undefined ? { method } : { method, params };
    const key = `${label}-${number}`;
    return {
      method,
      params: { sessionKey: `agent:main:mixed-${number % 16}`, message: "hi", idempotencyKey: key },
    };
  };
}

import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { load } from "./load.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** Methods that clients call all the time, with params under which both gateways answer with data. */
const CALLS: readonly { readonly method: string; readonly params?: Record<string, unknown> }[] = [
  { method: "health" },
  { method: "sessions.list", params: { limit: 50 } },
  { method: "chat.history", params: { sessionKey: "main", limit: 50 } },
  { method: "models.list" },
  { method: "agents.list" },
];
const WARM_UP_CALLS = 200;
const CALLS_SERIAL = 500;
const CALLS_IN_FLIGHT = 5_000;
const IN_FLIGHT = 32;
const MANY_IN_FLIGHT = 512;
/** RPC p99 at 32 in flight, against the reference in the same run. */
const TIMES_BETTER = 5;
const AT_MOST_MS = 8_000;

/** What one call costs, alone and with 32 in flight, on a warm gateway. */
export async function rpcLatency(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await using client = await gateway.connect();
    for (const call of CALLS) await measure(sheet, subject, client, call);
    // At the end, on a connection of its own: what a gateway still has to do after refusing harms no other figure.
    await using crowded = await gateway.connect();
    for (const call of CALLS) await measureMany(sheet, subject, crowded, call);
    const resident = { what: "resident memory after it", unit: "MiB", budget: 160 } as const;
    sheet.add(subject, resident, gateway.residentBytes() / 2 ** 20);
  });
  return sheet.rows();
}

async function measure(
  sheet: Sheet,
  subject: Subject,
  client: BenchClient,
  call: (typeof CALLS)[number],
): Promise<void> {
  const bounded = { ...call, atMostMs: AT_MOST_MS };
  await load(client, { ...bounded, inFlight: 4, calls: WARM_UP_CALLS });
  const serial = await load(client, { ...bounded, inFlight: 1, calls: CALLS_SERIAL });
  const busy = await load(client, { ...bounded, inFlight: IN_FLIGHT, calls: CALLS_IN_FLIGHT });
  const alone = summariseTail(serial.latenciesMs);
  const { method } = call;
  sheet.add(subject, { what: `${method}, serial, p50`, unit: "ms" }, alone.median);
  sheet.add(subject, { what: `${method}, serial, p99`, unit: "ms" }, alone.p99);
  const { median, p99, p999 } = summariseTail(busy.latenciesMs);
  const at = `${method}, ${IN_FLIGHT} in flight`;
  sheet.add(subject, { what: `${at}, p50`, unit: "ms" }, median);
  sheet.add(subject, { what: `${at}, p99`, unit: "ms", times: TIMES_BETTER }, p99);
  sheet.add(subject, { what: `${at}, p99.9`, unit: "ms" }, p999);
  sheet.add(subject, { what: at, unit: "calls/s" }, busy.callsPerSecond);
  sheet.add(subject, { what: `${method}, generator's own core`, unit: "%" }, busy.generatorPercent);
}

/** The reference refuses so many at once: then there is no figure, and the table says so. */
async function measureMany(
  sheet: Sheet,
  subject: Subject,
  client: BenchClient,
  call: (typeof CALLS)[number],
): Promise<void> {
  const options = { ...call, atMostMs: AT_MOST_MS, inFlight: MANY_IN_FLIGHT, calls: CALLS_IN_FLIGHT };
  const many = await load(client, options).catch(() => undefined);
  if (many === undefined) return;
  const { p99 } = summariseTail(many.latenciesMs);
  sheet.add(subject, { what: `${call.method}, ${MANY_IN_FLIGHT} in flight, p99`, unit: "ms" }, p99);
}

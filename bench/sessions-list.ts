import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { load } from "./load.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const SIZES: readonly { readonly sessions: number; readonly budgetP99?: number }[] = [
  { sessions: 10 },
  { sessions: 150 },
  { sessions: 1_000, budgetP99: 10 },
  { sessions: 10_000 },
];
const CALLS = 300;
const AT_MOST_MS = 15_000;
const CREATE_IN_FLIGHT = 8;
/** A subject that needs longer than this to be filled is not measured at the bigger sizes. */
const FILL_WITHIN_MS = 90_000;

/** How the list of sessions grows with the number of sessions. */
export async function sessionsList(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await using client = await gateway.connect();
    let made = 0;
    const deadline = performance.now() + FILL_WITHIN_MS;
    for (const { sessions, budgetP99 } of SIZES) {
      made = await create(client, made, sessions, deadline);
      if (made < sessions) return;
      const call = {
        method: "sessions.list",
        params: { limit: sessions },
        inFlight: 1,
        atMostMs: AT_MOST_MS,
      };
      await load(client, { ...call, calls: 20 });
      const { latenciesMs } = await load(client, { ...call, calls: CALLS });
      const { median, p99 } = summariseTail(latenciesMs);
      const size = `${sessions.toLocaleString("en-US")} sessions`;
      sheet.add(subject, { what: `${size}, p50`, unit: "ms" }, median);
      const budget = budgetP99 === undefined ? {} : { budget: budgetP99 };
      sheet.add(subject, { what: `${size}, p99`, unit: "ms", ...budget }, p99);
    }
  });
  return sheet.rows();
}

/** How many there are now: fewer than wanted when the time was over first. */
async function create(client: BenchClient, from: number, to: number, deadline: number): Promise<number> {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < to && performance.now() < deadline) {
      const number = next;
      next += 1;
      await client.call("sessions.create", { key: `agent:main:bench-${number}`, label: `Bench ${number}` });
    }
  };
  await Promise.all(Array.from({ length: CREATE_IN_FLIGHT }, worker));
  return next;
}

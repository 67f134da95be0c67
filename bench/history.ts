import { RunningGateway } from "./gateway.ts";
import { load } from "./load.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const SIZES: readonly { readonly messages: number; readonly budgetP99?: number }[] = [
  { messages: 10 },
  { messages: 200, budgetP99: 15 },
  { messages: 1_000 },
  { messages: 10_000 },
];
const ASKED_AT_ONCE = 200;
const CALLS = 200;
const AT_MOST_MS = 15_000;
/** A subject that needs longer than this to be filled is not measured at the bigger sizes. */
const FILL_WITHIN_MS = 90_000;
const SESSION = "agent:main:long";
const TEXT = "a message of the length that people write when they explain something, more or less. ".repeat(
  3,
);

/** How the history of one session grows with its messages, with at most 200 asked for at once. */
export async function history(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await using client = await gateway.connect();
    await client.call("sessions.create", { key: SESSION });
    let filled = 0;
    const startedAt = performance.now();
    for (const { messages, budgetP99 } of SIZES) {
      while (filled < messages && performance.now() - startedAt < FILL_WITHIN_MS) {
        await client.call("chat.inject", { sessionKey: SESSION, message: `${filled} ${TEXT}` });
        filled += 1;
      }
      if (filled < messages) return;
      const call = {
        method: "chat.history",
        params: { sessionKey: SESSION, limit: Math.min(messages, ASKED_AT_ONCE) },
        inFlight: 1,
        atMostMs: AT_MOST_MS,
      };
      await load(client, { ...call, calls: 20 });
      const { median, p99 } = summariseTail((await load(client, { ...call, calls: CALLS })).latenciesMs);
      const size = `${messages.toLocaleString("en-US")} messages`;
      sheet.add(subject, { what: `${size}, p50`, unit: "ms" }, median);
      const budget = budgetP99 === undefined ? {} : { budget: budgetP99 };
      sheet.add(subject, { what: `${size}, p99`, unit: "ms", ...budget }, p99);
    }
  });
  return sheet.rows();
}

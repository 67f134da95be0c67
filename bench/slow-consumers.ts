import { setTimeout as pause } from "node:timers/promises";
import { type BenchClient, heard } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summarise } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const FAST = 50;
const SLOW = 20;
const EVENTS = 400;
const MEASURED = 15;
const DELIVERED_WITHIN_MS = 10_000;
const SESSION = "agent:main:slow";
/** Makes an event heavy: the label of a session is told to everybody. */
const PADDING = "x".repeat(400);

/** Some listeners stop reading. Do the others notice, and what does it cost the gateway? */
export async function slowConsumers(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await using stack = new AsyncDisposableStack();
    const actor = stack.use(await gateway.connect());
    await actor.call("sessions.create", { key: SESSION });
    const fast: BenchClient[] = [];
    while (fast.length < FAST) fast.push(stack.use(await subscribed(gateway)));
    const lastMs = async (name: string): Promise<number> => {
      const lasts: number[] = [];
      for (let event = 0; event < MEASURED; event += 1) {
        const label = `${name} ${event}`;
        const hears = fast.map((client) => client.hears(label));
        const sentAt = performance.now();
        await actor.call("sessions.patch", { key: SESSION, label });
        lasts.push(Math.max(...(await heard(hears, DELIVERED_WITHIN_MS))) - sentAt);
      }
      return summarise(lasts).median;
    };
    sheet.add(subject, { what: `${FAST} listeners, last delivery`, unit: "ms" }, await lastMs("alone"));
    const before = gateway.residentBytes();
    for (let count = 0; count < SLOW; count += 1) (await subscribed(gateway)).stopReading();
    for (let event = 0; event < EVENTS; event += 1) {
      await actor.call("sessions.patch", { key: SESSION, label: `${PADDING.slice(0, 300)} ${event}` });
    }
    sheet.add(
      subject,
      { what: `the same with ${SLOW} that stopped reading`, unit: "ms" },
      await lastMs("beside slow ones"),
    );
    await pause(1_000);
    const grown = (gateway.residentBytes() - before) / 2 ** 20;
    sheet.add(subject, { what: `memory grown over ${EVENTS} events to them`, unit: "MiB" }, grown);
  });
  return sheet.rows();
}

async function subscribed(gateway: RunningGateway): Promise<BenchClient> {
  const client = await gateway.connect({ scopes: ["operator.read"] });
  await client.call("sessions.subscribe");
  return client;
}

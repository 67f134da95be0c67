import { setTimeout as pause } from "node:timers/promises";
import { type BenchClient, heard } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import type { Subject } from "./subject.ts";

/** The reference is asked for less: at a hundred handshakes a second the rest of the day would be its. */
const SIZES = { understudy: 10_000, reference: 1_000 } as const;
const STORM = 500;
const STORM_WITHIN_MS = 60_000;
/** Handshakes in flight at once, below what either gateway keeps waiting. */
const AT_ONCE = 32;
const DELIVERED_WITHIN_MS = 30_000;
const IDLE_MS = 3_000;
const SESSION = "agent:main:crowd";

/** What connections cost that only wait, and how a crowd comes back after a kill. */
export async function crowd(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await idleConnections(sheet, subject, gateway);
    await gateway.restart();
    await storms(sheet, subject, gateway);
  });
  return sheet.rows();
}

async function idleConnections(sheet: Sheet, subject: Subject, gateway: RunningGateway): Promise<void> {
  await using actor = await gateway.connect();
  await actor.call("sessions.create", { key: SESSION });
  await pause(IDLE_MS);
  const before = gateway.residentBytes();
  const size = SIZES[subject.name];
  const clients: BenchClient[] = [];
  await using stack = new AsyncDisposableStack();
  while (clients.length < size) {
    const count = Math.min(AT_ONCE, size - clients.length);
    const fresh = await Promise.all(
      Array.from({ length: count }, () => gateway.connect({ scopes: ["operator.read"] })),
    );
    for (const client of fresh) await stack.use(client).call("sessions.subscribe");
    clients.push(...fresh);
  }
  await pause(IDLE_MS);
  const grown = gateway.residentBytes() - before;
  const at = `${size.toLocaleString("en-US")} idle connections`;
  const isTenThousand = size === SIZES.understudy;
  sheet.add(
    subject,
    { what: `${at}, memory over idle`, unit: "MiB", ...(isTenThousand ? { budget: 250 } : {}) },
    grown / 2 ** 20,
  );
  sheet.add(subject, { what: "memory per idle connection", unit: "KiB" }, grown / size / 1024);
  const hears = clients.map((client) => client.hears("to the whole crowd"));
  const sentAt = performance.now();
  await actor.call("sessions.patch", { key: SESSION, label: "to the whole crowd" });
  const times = await heard(hears, DELIVERED_WITHIN_MS);
  sheet.add(subject, { what: `${at}, reach of one event`, unit: "%" }, (times.length / size) * 100);
  sheet.add(subject, { what: `${at}, last delivery`, unit: "ms" }, Math.max(...times) - sentAt);
}

/** Everybody at once, as after a restart: each client tries again until it is in. */
async function storms(sheet: Sheet, subject: Subject, gateway: RunningGateway): Promise<void> {
  const connectAll = async (): Promise<number> => {
    const startedAt = performance.now();
    const clients = await Promise.all(Array.from({ length: STORM }, () => enter(gateway, startedAt)));
    const tookMs = performance.now() - startedAt;
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    return tookMs;
  };
  sheet.add(subject, { what: `connect storm: ${STORM} clients in`, unit: "ms" }, await connectAll());
  const killedAt = performance.now();
  const restarted = gateway.restart();
  await pause(50);
  const clients = await Promise.all(Array.from({ length: STORM }, () => enter(gateway, killedAt)));
  sheet.add(
    subject,
    { what: `kill -9 to ${STORM} clients back in`, unit: "ms" },
    performance.now() - killedAt,
  );
  await restarted;
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
}

async function enter(gateway: RunningGateway, startedAt: number): Promise<BenchClient> {
  for (;;) {
    try {
      return await gateway.connect({ scopes: ["operator.read"] });
    } catch (error) {
      if (performance.now() - startedAt > STORM_WITHIN_MS) throw error;
      await pause(20 + Math.random() * 80);
    }
  }
}

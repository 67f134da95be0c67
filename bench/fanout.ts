import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { WebSocket } from "ws";
import { type BenchClient, heard } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summarise } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const SIZES: readonly { readonly connections: number; readonly budgetMs?: number }[] = [
  { connections: 10 },
  { connections: 100 },
  { connections: 1_000, budgetMs: 25 },
];
const EVENTS = 15;
/** Below the number of sockets that may wait for their handshake. */
const CONNECT_AT_ONCE = 16;
const DELIVERED_WITHIN_MS = 10_000;
/** About what a `sessions.changed` weighs. */
const EVENT_BYTES = 1_500;
const SESSION = "agent:main:fanout";

/** How long until the last of many connections has heard of one change, and whether all of them did. */
export async function fanout(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    await using actor = await gateway.connect();
    await actor.call("sessions.create", { key: SESSION });
    await using crowd = new AsyncDisposableStack();
    const listeners: BenchClient[] = [];
    for (const { connections, budgetMs } of SIZES) {
      await grow(crowd, gateway, listeners, connections);
      const { lastMs, reachPercent } = await measure(actor, listeners);
      const size = `${connections.toLocaleString("en-US")} connections`;
      const budget = budgetMs === undefined ? {} : { budget: budgetMs };
      sheet.add(subject, { what: `${size}, last delivery`, unit: "ms", ...budget }, lastMs);
      sheet.add(subject, { what: `${size}, reach`, unit: "%" }, reachPercent);
    }
    const resident = { what: "resident memory with 1,000 connections", unit: "MiB" } as const;
    sheet.add(subject, resident, gateway.residentBytes() / 2 ** 20);
  });
  const floor = await bareFanout(SIZES.at(-1)?.connections ?? 0);
  console.error(`a bare ws server, same crowd, same bytes: last delivery after ${floor.toFixed(1)} ms`);
  return [...sheet.rows(), floorRow(floor, subjects)];
}

function floorRow(floor: number, subjects: readonly Subject[]): Row {
  const figure = { value: floor, p25: floor, p75: floor, runs: 1 };
  return {
    what: "floor: a bare ws server, 1,000 connections",
    unit: "ms",
    figures: Object.fromEntries(subjects.map(({ name }) => [name, figure])),
  };
}

async function grow(
  crowd: AsyncDisposableStack,
  gateway: RunningGateway,
  listeners: BenchClient[],
  size: number,
): Promise<void> {
  while (listeners.length < size) {
    const count = Math.min(CONNECT_AT_ONCE, size - listeners.length);
    const fresh = await Promise.all(
      Array.from({ length: count }, () => gateway.connect({ scopes: ["operator.read"] })),
    );
    for (const client of fresh) {
      crowd.use(client);
      await client.call("sessions.subscribe");
    }
    listeners.push(...fresh);
  }
}

/** A label is changed; every listener waits for the `sessions.changed` that carries it. */
async function measure(
  actor: BenchClient,
  listeners: readonly BenchClient[],
): Promise<{ lastMs: number; reachPercent: number }> {
  const lasts: number[] = [];
  let reached = 0;
  for (let event = 0; event < EVENTS; event += 1) {
    const label = `Fan-out ${listeners.length} ${event}`;
    const hears = listeners.map((client) => client.hears(label));
    const sentAt = performance.now();
    await actor.call("sessions.patch", { key: SESSION, label });
    const times = await heard(hears, DELIVERED_WITHIN_MS);
    reached += times.length;
    lasts.push(Math.max(...times) - sentAt);
  }
  return {
    lastMs: summarise(lasts).median,
    reachPercent: (reached / (listeners.length * EVENTS)) * 100,
  };
}

/** The same crowd, with messages of the same size, on a server that does nothing but send. */
async function bareFanout(size: number): Promise<number> {
  const server = spawn(process.execPath, [join(import.meta.dirname, "bare-server.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const crowd: WebSocket[] = [];
    while (crowd.length < size) crowd.push(await open(Number(line.toString())));
    return await broadcast(crowd);
  } finally {
    server.kill();
  }
}

async function open(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, "open");
  return socket;
}

async function broadcast(crowd: readonly WebSocket[]): Promise<number> {
  const message = JSON.stringify({
    type: "event",
    event: "sessions.changed",
    filler: "x".repeat(EVENT_BYTES),
  });
  const lasts: number[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    const hears = crowd.map(async (socket) => {
      await once(socket, "message");
      return { at: performance.now() };
    });
    const sentAt = performance.now();
    crowd[0]?.send(message);
    lasts.push(Math.max(...(await heard(hears, DELIVERED_WITHIN_MS))) - sentAt);
  }
  for (const socket of crowd) socket.terminate();
  return summarise(lasts).median;
}

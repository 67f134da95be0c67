import { randomUUID } from "node:crypto";
import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { FakeProvider } from "./provider.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summarise, summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const TURNS = 40;
const WARM_UP_TURNS = 5;

interface Turn {
  /** The send is acknowledged; the model is asked; the first word reaches the client; the run is over for it. */
  readonly acknowledgedMs: number;
  readonly askedMs: number;
  readonly firstDeltaMs: number;
  readonly finalMs: number;
  /** What the gateway itself needed: from the send to the model, and from its first word to the client. */
  readonly overheadMs: number;
}

/** What a turn costs when the model costs nothing. */
export async function turn(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using provider = await FakeProvider.start();
    await using gateway = await RunningGateway.start(subject, { config: provider.config() });
    await using client = await gateway.connect();
    const first = await oneTurn(client, provider);
    for (let count = 0; count < WARM_UP_TURNS; count += 1) await oneTurn(client, provider);
    const turns: Turn[] = [];
    for (let count = 0; count < TURNS; count += 1) turns.push(await oneTurn(client, provider));
    enter(sheet, subject, first, turns);
  });
  return sheet.rows();
}

function enter(sheet: Sheet, subject: Subject, first: Turn, turns: readonly Turn[]): void {
  const median = (of: (turn: Turn) => number): number => summarise(turns.map(of)).median;
  const add = (what: string, budget: number | undefined, value: number): void =>
    sheet.add(subject, { what, unit: "ms", ...(budget === undefined ? {} : { budget }) }, value);
  add("first turn of a process: first delta", 50, first.firstDeltaMs);
  add(
    "chat.send acknowledged",
    3,
    median(({ acknowledgedMs }) => acknowledgedMs),
  );
  add(
    "send to model asked",
    undefined,
    median(({ askedMs }) => askedMs),
  );
  add(
    "send to first delta",
    5,
    median(({ firstDeltaMs }) => firstDeltaMs),
  );
  add(
    "send to final",
    undefined,
    median(({ finalMs }) => finalMs),
  );
  add(
    "gateway's own cost, p50",
    5,
    median(({ overheadMs }) => overheadMs),
  );
  add("gateway's own cost, p99", 20, summariseTail(turns.map(({ overheadMs }) => overheadMs)).p99);
}

async function oneTurn(client: BenchClient, provider: FakeProvider): Promise<Turn> {
  const runId = randomUUID();
  const of = (state: string) =>
    client.event("chat", (payload) => payload["runId"] === runId && payload["state"] === state);
  const delta = of("delta");
  const final = of("final");
  const sentAt = performance.now();
  await client.call("chat.send", { sessionKey: "main", message: "good morning", idempotencyKey: runId });
  const acknowledgedMs = performance.now() - sentAt;
  const [{ at: deltaAt }, { at: finalAt }] = await Promise.all([delta, final]);
  return {
    acknowledgedMs,
    askedMs: provider.askedAt - sentAt,
    firstDeltaMs: deltaAt - sentAt,
    finalMs: finalAt - sentAt,
    overheadMs: provider.askedAt - sentAt + (deltaAt - provider.firstWordAt),
  };
}

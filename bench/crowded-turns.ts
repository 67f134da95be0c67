import { randomUUID } from "node:crypto";
import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { FakeProvider } from "./provider.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import { summariseTail } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const AT_ONCE = [1, 16, 128] as const;
const TURNS_EACH = 4;
const TURN_WITHIN_MS = 120_000;

interface Turn {
  readonly finalMs: number;
  /** Between the arrivals of neighbouring deltas. */
  readonly gapsMs: readonly number[];
}

/** Turns in many sessions at the same time, with a model that says a word every ten milliseconds. */
export async function crowdedTurns(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject, run) => {
    await using provider = await FakeProvider.start({ words: 20, everyMs: 10 });
    await using gateway = await RunningGateway.start(subject, { config: provider.config() });
    await using client = await gateway.connect();
    for (const atOnce of AT_ONCE) {
      const startedAt = performance.now();
      const turns = await Promise.all(
        Array.from({ length: atOnce }, (_, index) => inSession(client, `${run}-${atOnce}-${index}`)),
      );
      enter(sheet, subject, atOnce, turns.flat(), performance.now() - startedAt);
    }
  });
  return sheet.rows();
}

function enter(sheet: Sheet, subject: Subject, atOnce: number, turns: readonly Turn[], tookMs: number): void {
  const finals = summariseTail(turns.map(({ finalMs }) => finalMs));
  const gaps = summariseTail(turns.flatMap(({ gapsMs }) => gapsMs));
  const at = atOnce === 1 ? "1 turn" : `${atOnce} turns at once`;
  sheet.add(subject, { what: `${at}, send to final p50`, unit: "ms" }, finals.median);
  sheet.add(subject, { what: `${at}, send to final p99`, unit: "ms" }, finals.p99);
  sheet.add(subject, { what: `${at}, between two deltas p99`, unit: "ms" }, gaps.p99);
  sheet.add(subject, { what: `${at}, throughput`, unit: "turns/s" }, (turns.length / tookMs) * 1000);
}

async function inSession(client: BenchClient, name: string): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (let count = 0; count < TURNS_EACH; count += 1)
    turns.push(await oneTurn(client, `agent:main:crowd-${name}`));
  return turns;
}

async function oneTurn(client: BenchClient, sessionKey: string): Promise<Turn> {
  const runId = randomUUID();
  const deltasAt: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const stop = client.listen((event, payload, at) => {
    if (event !== "chat" || payload["runId"] !== runId) return;
    if (payload["state"] === "delta") deltasAt.push(at);
    if (payload["state"] === "final") resolve(at);
    if (payload["state"] === "error") reject(new Error(JSON.stringify(payload)));
  });
  const late = setTimeout(() => reject(new Error("a turn did not end")), TURN_WITHIN_MS);
  const sentAt = performance.now();
  try {
    await client.call("chat.send", { sessionKey, message: "good morning", idempotencyKey: runId });
    const finalAt = await promise;
    return {
      finalMs: finalAt - sentAt,
      gapsMs: deltasAt.slice(1).map((at, index) => at - (deltasAt[index] ?? at)),
    };
  } finally {
    clearTimeout(late);
    stop();
  }
}

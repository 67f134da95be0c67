import { randomUUID } from "node:crypto";
import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { FakeProvider } from "./provider.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import type { Subject } from "./subject.ts";

/** `BENCH_SOAK_MINUTES` makes it longer or shorter. */
const MINUTES = Number(process.env["BENCH_SOAK_MINUTES"] ?? 20);
const TURNS_PER_MINUTE = 500;
const SESSIONS = 20;
/** Until here caches fill: the slope is that of the rest. */
const WARM_SHARE = 0.3;

/** Turns at a steady rate for a long time: does memory grow, do handles stay open, does the event loop stall? */
export async function soak(subjects: readonly Subject[], _runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, 1, async (subject) => {
    await using provider = await FakeProvider.start();
    await using gateway = await RunningGateway.start(subject, {
      config: provider.config(),
      watchesLoop: true,
    });
    await using client = await gateway.connect();
    const handlesBefore = gateway.handles();
    const samples: { minute: number; mib: number }[] = [];
    const startedAt = performance.now();
    const minutes = (): number => (performance.now() - startedAt) / 60_000;
    let turns = 0;
    while (minutes() < MINUTES) {
      await oneTurn(client, turns);
      turns += 1;
      if (turns % 50 === 0) samples.push({ minute: minutes(), mib: gateway.residentBytes() / 2 ** 20 });
      const aheadMs = (turns / TURNS_PER_MINUTE - minutes()) * 60_000;
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
    }
    const loop = await gateway.loopDelay();
    const settled = samples.filter(({ minute }) => minute > MINUTES * WARM_SHARE);
    sheet.add(subject, { what: "turns", unit: "turns" }, turns);
    sheet.add(
      subject,
      { what: "resident memory at the end", unit: "MiB" },
      samples.at(-1)?.mib ?? Number.NaN,
    );
    sheet.add(
      subject,
      { what: "slope of resident memory, after warming up", unit: "KiB/min" },
      slope(settled) * 1024,
    );
    sheet.add(
      subject,
      { what: "handles more than at the start", unit: "handles" },
      gateway.handles() - handlesBefore,
    );
    sheet.add(subject, { what: "event loop p99", unit: "ms", budget: 10 }, loop.p99Ms);
    sheet.add(subject, { what: "event loop max", unit: "ms" }, loop.maxMs);
  });
  return sheet.rows();
}

async function oneTurn(client: BenchClient, number: number): Promise<void> {
  const runId = randomUUID();
  const final = client.event("chat", (payload) => payload["runId"] === runId && payload["state"] === "final");
  await client.call("chat.send", {
    sessionKey: `agent:main:soak-${number % SESSIONS}`,
    message: `turn ${number}`,
    idempotencyKey: runId,
  });
  await final;
}

/** MiB per minute, by least squares. */
function slope(samples: readonly { minute: number; mib: number }[]): number {
  const mean = (of: (sample: { minute: number; mib: number }) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const minute = mean((sample) => sample.minute);
  const mib = mean((sample) => sample.mib);
  const above = samples.reduce((sum, one) => sum + (one.minute - minute) * (one.mib - mib), 0);
  const below = samples.reduce((sum, one) => sum + (one.minute - minute) ** 2, 0);
  return above / below;
}

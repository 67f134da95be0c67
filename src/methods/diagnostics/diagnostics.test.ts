import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP11] the process is looked at every half minute, and what was seen can be asked for", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();
  const before = await client.call("diagnostics.stability");

  clock.advance(60_000);
  const all = await client.call("diagnostics.stability", { limit: 1 });
  const samples = await client.call("diagnostics.stability", {
    type: "diagnostic.memory.sample",
    sinceSeq: 1,
  });

  expect(before.payload).toMatchObject({ capacity: 1000, count: 0, events: [], summary: { byType: {} } });
  expect(all.payload).toMatchObject({ count: 4, firstSeq: 1, lastSeq: 4 });
  expect(all.payload["events"]).toMatchObject([{ seq: 4, type: "diagnostic.heartbeat", active: 0 }]);
  expect(samples.payload).toMatchObject({ count: 1, firstSeq: 3 });
});

test("[OP12] the lanes say how much may run at once in each, and how much does", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { lanes } = (await client.call("diagnostics.lanes")).payload as { lanes: Record<string, unknown>[] };

  expect(lanes.map(({ lane }) => lane)).toEqual([
    "active-memory",
    "background",
    "cron",
    "cron-nested",
    "main",
    "nested",
    "subagent",
    "system-agent",
    "system-agent-inference",
  ]);
  expect(lanes[4]).toMatchObject({ activeCount: 0, queuedCount: 0, maxConcurrent: 8, blockedBy: null });
});

test("[OP13] a profile of the memory is taken and names no folder of this machine", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("diagnostics.heapProfile", { durationMs: 1 });

  expect(payload).toMatchObject({ samplingIntervalBytes: 32_768, truncated: false });
  expect(Object.keys(payload["profile"] as object)).toContain("head");
  expect(JSON.stringify(payload)).not.toContain(process.cwd());
});

test.for([
  ["diagnostics.stability", { limit: 0 }, "limit must be between 1 and 1000"],
  ["diagnostics.stability", { limit: "x" }, "limit must be a non-negative integer"],
  ["diagnostics.stability", { type: 1 }, "type must be a non-empty string"],
  ["diagnostics.stability", { sinceSeq: -1 }, "sinceSeq must be a non-negative integer"],
  ["diagnostics.cpuProfile", { seconds: 1 }, "diagnostics.cpuProfile accepts only empty params"],
  [
    "diagnostics.heapProfile",
    { durationMs: 1.5 },
    "diagnostics.heapProfile accepts only positive integer durationMs and samplingIntervalBytes",
  ],
] as const)("[OP13] %s refuses %j", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error.message).toBe(message);
});

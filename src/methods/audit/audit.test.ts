import { expect, test } from "vitest";
import { createAudit } from "../../store/audit.ts";
import { openDatabase } from "../../store/database.ts";
import { createRunJournal } from "../../store/runs.ts";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP5] a run leaves its beginning and its end, the latest first, and nothing of what was said", async () => {
  const database = openDatabase({ stateDir: undefined, clock: { now: () => 1 } });
  const journal = createRunJournal({ database, now: () => 1, retentionMs: 1_000, entriesMax: 10 });
  for (const runId of ["one", "two"]) {
    await journal.accept({
      runId,
      kind: "chat",
      sessionKey: "agent:main:a",
      agentId: "main",
      message: "a secret plan",
      acceptedAt: 1,
      client: { id: "cli", mode: "cli" },
    });
  }
  await journal.settle("one", {
    runId: "one",
    status: "aborted",
    startedAt: 2,
    endedAt: 3,
    text: "no",
    isTurn: true,
  });
  const audit = createAudit(database);

  const all = await audit.list({ limit: 10 });
  const first = await audit.list({ limit: 1 });
  const rest = await audit.list({ limit: 10, beforeSequence: first.events[0]?.sequence ?? 0 });
  const cancelled = await audit.list({ limit: 10, status: "cancelled" });

  expect(all.events.map(({ runId, status }) => [runId, status])).toEqual([
    ["two", "started"],
    ["one", "cancelled"],
    ["one", "started"],
  ]);
  expect(JSON.stringify(all)).not.toContain("secret plan");
  expect(first.hasMore).toBe(true);
  expect([...first.events, ...rest.events]).toEqual(all.events);
  expect(cancelled.events).toHaveLength(1);
  database.close();
});

test("[OP5] readers see the trail; it is empty before anything ran", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  expect((await reader.call("audit.list", { sessionKey: "agent:main:a" })).payload).toEqual({ events: [] });
  expect((await reader.call("audit.activity.list", {})).payload).toEqual({ events: [] });
});

test.for([
  { cursor: "x" },
  { cursor: "0" },
  { cursor: "1.5" },
  { after: 6, before: 5 },
])("[OP5] a place that is none, and a time that ends before it begins, are refused: %j", async (params) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  for (const name of ["audit.list", "audit.activity.list"]) {
    const { error } = await client.call(name, params);
    expect(error.message).toBe(`invalid ${name} range or cursor`);
  }
});

test("[OP5] a trail says under which number clients were told of each step", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const id = client.request("agent", { message: "hi", sessionKey: "agent:main:a", idempotencyKey: "k" });
  await client.response(id, 2);

  const { events } = (await client.call("audit.list", { runId: "k" })).payload;
  const [finished, started] = events as { sourceSequence: number }[];

  expect(started?.sourceSequence).toBe(1);
  expect(finished?.sourceSequence).toBeGreaterThan(1);
});

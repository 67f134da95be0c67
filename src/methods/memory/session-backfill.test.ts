import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[MB1] old conversations are shown by day, staged once, and taken back", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:t" });
  await client.call("chat.inject", { sessionKey: "agent:main:t", message: "We spoke of tea." });
  const preview = async () =>
    (await client.call("memory.sessionBackfill.preview", { agentId: "main" })).payload;

  expect(await preview()).toMatchObject({
    days: 1,
    candidates: 1,
    perDay: [{ candidateCount: 1, sample: ["Assistant: We spoke of tea."] }],
    staged: 0,
    truncated: false,
  });
  const applied = await client.call("memory.sessionBackfill.apply", { agentId: "main" });
  expect(applied.payload).toMatchObject({ staged: 1, cursor: { advanced: true, hasMore: false } });
  expect(await preview()).toMatchObject({ days: 0, candidates: 0 });
  const { dreaming } = (await client.call("doctor.memory.status", {})).payload;
  expect(dreaming).toMatchObject({
    groundedSignalCount: 1,
    shortTermEntries: [{ snippet: "We spoke of tea.", startLine: 1, groundedCount: 1 }],
  });
  const back = await client.call("memory.sessionBackfill.rollback", { agentId: "main" });
  expect(back.payload).toEqual({ removedDiaryEntries: 1, removedStagedEntries: 1 });
  expect(await preview()).toMatchObject({ candidates: 1 });
});

test.for([
  [{}, "agentId required"],
  [{ agentId: "main", days: 1 }, "unexpected parameter: days"],
  [{ agentId: "nope" }, 'Unknown agent id "nope".'],
  [{ agentId: "main", from: 5 }, "from must be a string."],
  [{ agentId: "main", to: "x" }, "to must use YYYY-MM-DD."],
  [{ agentId: "main", from: "2026-13-41" }, "from must be a valid calendar day."],
  [{ agentId: "main", from: "2026-11-21", to: "2026-11-01" }, "from must not be after to."],
  [{ agentId: "main", limitDays: 0 }, "limitDays must be a positive integer"],
] as const)("[MB2] a range that is none is refused: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call("memory.sessionBackfill.preview", params)).error.message).toBe(message);
});

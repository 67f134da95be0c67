import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE30] what was said is in the logs and in the sums", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", { sessionKey: "a", message: "hello", idempotencyKey: "k" });
  await client.event("chat", (chat) => chat["state"] === "final");

  const logs = await client.call("sessions.usage.logs", { key: "a" });
  const series = await client.call("sessions.usage.timeseries", { key: "a" });
  const report = await client.call("sessions.usage", { key: "a" });

  expect(logs.payload["logs"]).toMatchObject([{ role: "user", content: "hello" }, { role: "assistant" }]);
  expect(series.payload["points"]).toHaveLength(1);
  expect(report.payload).toMatchObject({
    sessions: [{ key: "agent:main:a", creatorKey: '["unknown"]', usage: { messageCounts: { total: 2 } } }],
    aggregates: {
      sessionCount: 1,
      messages: { total: 2, user: 1, assistant: 1 },
      byAgent: [{ agentId: "main" }],
      byCreator: [{ key: '["unknown"]', sessionCount: 1 }],
    },
  });
});

test("[SE30] a period is of whole days and does not end before it begins", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const week = await client.call("usage.cost", { days: 7 });
  const days = await client.call("usage.cost", { startDate: "2024-02-28", endDate: "2024-03-01" });
  const odd = await client.call("usage.cost", { startDate: "2024-02-30" });
  const backwards = await client.call("sessions.usage", { startDate: "2024-02-02", endDate: "2024-02-01" });

  expect(week.payload["daily"]).toHaveLength(7);
  expect(days.payload["daily"]).toMatchObject([
    { date: "2024-02-28" },
    { date: "2024-02-29" },
    { date: "2024-03-01" },
  ]);
  expect(odd.error.message).toBe("invalid startDate: expected a valid YYYY-MM-DD calendar date");
  expect(backwards.error.message).toBe("startDate must not be after endDate");
});

test.for([
  ["sessions.usage.logs", {}, "key is required for logs"],
  ["sessions.usage.timeseries", { key: 5 }, "key is required for timeseries"],
  ["sessions.usage.timeseries", { key: "nope" }, "No transcript found for session: agent:main:nope"],
  [
    "sessions.usage",
    { startDate: "2026-13-45" },
    "invalid startDate: expected a valid YYYY-MM-DD calendar date",
  ],
] as const)("[SE30] %s refuses %j", async ([method, params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe(text);
});

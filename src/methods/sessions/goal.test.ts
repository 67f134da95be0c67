import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

test.for([
  { afterMs: 0, reason: "goal-rebound" },
  { afterMs: 10 * MINUTE_MS, reason: "invalid" },
  { afterMs: -DAY_MS + MINUTE_MS, reason: "goal-rebound" },
  { afterMs: -DAY_MS - MINUTE_MS, reason: "expired" },
])("[SE28] an operation issued $afterMs ms from now is rejected as $reason", async ({ afterMs, reason }) => {
  const now = 1_795_000_000_000;
  await using gateway = await openTestGateway({ clock: createTestClock(now) });
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const operation = { sessionKey: "a", goalId: "g", operationId: "o", issuedAtMs: now + afterMs };

  const clear = await client.call("sessions.goal.clear", operation);
  const pause = await client.call("sessions.goal.update", { ...operation, action: "pause" });

  for (const answer of [clear, pause]) {
    expect(answer.error.details).toEqual({ code: "GOAL_OPERATION_REJECTED", reason });
  }
});

test("[SE28] a session that is not there has no goal", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const operation = { sessionKey: "nope", goalId: "g", operationId: "o", issuedAtMs: 1 };

  const answer = await client.call("sessions.goal.clear", operation);

  expect(answer.error.message).toBe("Session changed or was removed; refresh its Goal.");
});

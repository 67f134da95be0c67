import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  ["sessions.observer.visibility", { visible: true }, { ok: true }],
  ["sessions.companion.state", { sessionKey: "a" }, { exchanges: [] }],
  ["sessions.companion.reset", { sessionKey: "a" }, { ok: true }],
  ["sessions.title.prepare", { agentId: "main", message: "hello" }, { title: null }],
] as const)("[SE27] without a utility model %s has nothing to tell", async ([method, params, payload]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(method, params)).payload).toEqual(payload);
});

test("[SE27] nobody can be asked, and no recap is written", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const asked = await client.call("sessions.companion.ask", { sessionKey: "a", question: "why" });
  const recap = await client.call("sessions.activitySummary.ensure", { sessions: [{ key: "a" }] });
  const title = await client.call("sessions.title.prepare", { agentId: "nope", message: "hello" });

  expect(asked.error).toMatchObject({
    code: "UNAVAILABLE",
    details: { reason: "utility-model-unavailable" },
  });
  expect(recap.payload).toEqual({
    sessions: [
      { key: "agent:main:a", agentId: "main", activitySummary: { state: "unavailable", canEnsure: true } },
    ],
  });
  expect(title.error.message).toBe('unknown agent id "nope"');
});

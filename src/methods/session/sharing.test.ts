import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  ["session.members.list", {}],
  ["session.members.listEvidence", {}],
  ["session.visibility.set", { visibility: "draft" }],
  ["session.typing", { sessionId: "x", typing: true }],
  ["session.suggestions.list", {}],
] as const)("[SE24] %s refuses a session that is not there", async ([method, params]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call(method, { sessionKey: "nope", ...params });

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message: "unknown session: nope" });
});

test("[SE24] a visibility that was set is in the row and told with its evidence", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await client.call("sessions.create", { key: "a" });

  const set = await client.call("session.visibility.set", { sessionKey: "a", visibility: "read-only" });
  const evidence = await reader.event("session.sharing.evidence");
  const row = await client.call("sessions.describe", { key: "a" });

  expect(set.payload).toEqual({ ok: true, sessionKey: "agent:main:a", visibility: "read-only" });
  expect(evidence.payload).toMatchObject({ action: "visibility", sessionKey: "agent:main:a" });
  expect(row.payload).toMatchObject({ session: { visibility: "read-only" } });
});

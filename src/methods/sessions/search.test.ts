import { expect, test } from "vitest";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

async function oneChat(gateway: TestGateway) {
  const client = await gateway.connect();
  await client.call("chat.send", { sessionKey: "agent:main:a", message: "find me", idempotencyKey: "k1" });
  await client.call("agent.wait", { runId: "k1" });
  return client;
}

test("[SE16] a search in a list is answered with the rows in which something was found", async () => {
  await using gateway = await openTestGateway();
  await using client = await oneChat(gateway);

  const anywhere = await client.call("sessions.search", { query: "find" });
  const inList = await client.call("sessions.search", { query: "find", scope: { search: "main:a" } });

  expect(anywhere.payload).not.toHaveProperty("sessions");
  expect(inList.payload).toMatchObject({
    sessions: [{ key: "agent:main:a", activitySummary: { state: "unavailable" } }],
  });
});

test("[SE9] sessions are found by their model, and a label only under the session that was named", async () => {
  await using gateway = await openTestGateway();
  await using client = await oneChat(gateway);
  await client.call("sessions.patch", { key: "agent:main:a", label: "One" });

  const listed = await client.call("sessions.list", { search: "offline/ECHO" });
  const under = await client.call("sessions.resolve", { label: "One", spawnedBy: "agent:main:b" });

  expect(listed.payload).toMatchObject({ count: 1 });
  expect(under.error.message).toBe("No session found with label: One");
});

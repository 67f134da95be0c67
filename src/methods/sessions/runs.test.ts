import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE29] a message sent to a session by its key is answered in it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });

  const missing = await client.call("sessions.send", { key: "nope", message: "hello" });
  const empty = await client.call("sessions.send", { key: "a", message: " " });
  const sent = await client.call("sessions.send", { key: "a", message: "hello", idempotencyKey: "k" });
  await client.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === "k");
  const { payload } = await client.call("sessions.get", { key: "a" });

  expect(missing.error.message).toBe("session not found: agent:main:nope");
  expect(empty.error.message).toBe("message or attachment required");
  expect(sent.payload).toMatchObject({ runId: "k", status: "started" });
  expect(payload["messages"]).toMatchObject([{ role: "user", content: "hello" }, { role: "assistant" }]);
});

test("[SE29] a session made with a message begins with it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("sessions.create", { key: "a", message: "hello" });
  await client.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === payload["runId"]);

  expect(payload).toMatchObject({ runStarted: true, status: "started" });
});

test("[SE29] where nothing runs there is nothing to abort", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const idle = { ok: true, abortedRunId: null, status: "no-active-run" };

  expect((await client.call("sessions.abort", { key: "a" })).payload).toEqual(idle);
  expect((await client.call("sessions.abort", { runId: "x" })).payload).toEqual(idle);
  expect((await client.call("sessions.abort", {})).error.message).toBe("key required");
});

test("[SE29] a steering message needs a session, and one that is named", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const missing = await client.call("sessions.steer", { key: "none", message: "hi" });
  const unnamed = await client.call("sessions.steer", { message: "hi" });

  expect(missing.error.message).toBe("session not found: agent:main:none");
  expect(unnamed.error.details).toEqual({
    code: "SESSION_MUTATION_TARGET_REQUIRED",
    method: "sessions.steer",
  });
});

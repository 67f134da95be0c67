import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE25] a card is put, told, kept by a clear that expects another revision, and cleared", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const sessionKey = "a";
  const plan = [{ step: "one", status: "pending" }];

  const put = await client.call("progressCard.put", { sessionKey, markdown: "hello", plan });
  const kept = await client.call("progressCard.put", { sessionKey, expectedRevision: 9 });
  const cleared = await client.call("progressCard.put", { sessionKey });
  const event = await client.event("progressCard.changed", (payload) => payload["revision"] === null);

  const card = { sessionKey: "agent:main:a", revision: 1, markdown: "hello", steps: plan };
  expect(put.payload).toMatchObject({ card });
  expect(kept.payload).toMatchObject({ card });
  expect(cleared.payload).toEqual({ card: null });
  expect(event.payload).toEqual({ sessionKey: "agent:main:a", revision: null });
  expect((await client.call("progressCard.get", { sessionKey })).payload).toEqual({ card: null });
});

test("[SE25] a card can be set only where a session is, and a revision is expected only of a clear", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const nowhere = await client.call("progressCard.put", { sessionKey: "nope", markdown: "x" });
  const expecting = await client.call("progressCard.put", {
    sessionKey: "nope",
    markdown: "x",
    expectedRevision: 1,
  });

  expect(nowhere.error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Error: FOREIGN KEY constraint failed",
  });
  expect(expecting.error.message).toBe("expectedRevision is only valid when clearing a card");
});

test("[SE25] tidying up takes a card away only when its steps are done, and its number is not used again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const put = (more: Record<string, unknown>) =>
    client.call("progressCard.put", { sessionKey: "a", ...more });
  const nothing = await client.call("progressCard.refresh", { sessionKey: "a", idempotencyKey: "k" });
  await put({ plan: [{ step: "one", status: "pending" }] });

  const open = await put({ expectedRevision: 1 });
  await put({ plan: [{ step: "one", status: "completed" }] });
  const done = await put({ expectedRevision: 2 });
  const next = await put({ markdown: "again" });
  const nameless = await client.call("progressCard.put", { sessionKey: " ", markdown: "x", surprise: 1 });

  expect(nothing.error.message).toBe("There is no progress card to refresh.");
  expect(open.payload).toMatchObject({ card: { revision: 1 } });
  expect(done.payload).toEqual({ card: null });
  expect(next.payload).toMatchObject({ card: { revision: 4 } });
  expect(nameless.error.details).toMatchObject({ code: "SESSION_MUTATION_TARGET_REQUIRED" });
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE15] only who subscribed hears of a session that was made", async () => {
  await using gateway = await openTestGateway();
  await using maker = await gateway.connect();
  await using subscriber = await gateway.connect({ scopes: ["operator.read"] });
  await using stranger = await gateway.connect();
  await subscriber.call("sessions.subscribe", {});

  await maker.call("sessions.create", { key: "a", label: "Label A" });
  const { payload } = await subscriber.event("sessions.changed");
  await stranger.call("health");

  expect(payload).toMatchObject({
    sessionKey: "agent:main:a",
    agentId: "main",
    reason: "create",
    session: { key: "agent:main:a", sharingRole: "owner", derivedTitle: "Label A", hasActiveRun: false },
    archivedAt: null,
    label: "Label A",
    displayName: "Label A",
    activeRunIds: [],
    sharingRole: "owner",
  });
  expect(stranger.events.filter((event) => event.event === "sessions.changed")).toEqual([]);
});

test("[SE20] what an event says at its top is null once it is gone, and absent from the row", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.subscribe", {});
  const patch = async (label: string | null) => {
    await client.call("sessions.patch", { key: "a", label });
    return client.event("sessions.changed", (changed) => changed["label"] === label);
  };

  const given = await patch("Label A");
  const gone = await patch(null);

  expect(given.payload).toMatchObject({ label: "Label A", session: { label: "Label A" } });
  expect(gone.payload).toMatchObject({ label: null, session: { key: "agent:main:a" } });
  expect(gone.payload["session"]).not.toHaveProperty("label");
});

test("[SE14] which runs work in a session is not said by name while one does; after it there is none", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.subscribe", {});

  await client.call("chat.send", { sessionKey: "a", message: "hello", idempotencyKey: "k1" });
  const started = await client.event("sessions.changed", (changed) => changed["phase"] === "start");
  await client.call("agent.wait", { runId: "k1" });
  const list = await client.call("sessions.list", {});

  expect(started.payload).toMatchObject({ activeRunIds: null, hasActiveRun: true, status: "running" });
  expect(started.payload["session"]).not.toHaveProperty("activeRunIds");
  expect(list.payload["sessions"]).toMatchObject([{ key: "agent:main:a", activeRunIds: [], status: "done" }]);
});

test("[SE15] with list parameters the answer carries the roster", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });

  const plain = await client.call("sessions.subscribe", {});
  const listed = await client.call("sessions.subscribe", { limit: 1 });

  expect(plain.payload).toEqual({ subscribed: true });
  expect(listed.payload).toMatchObject({ subscribed: true, list: { count: 1, limitApplied: 1 } });
});

test("[SE16] messages of a session reach who subscribed to it or to all, until they leave", async () => {
  await using gateway = await openTestGateway();
  await using speaker = await gateway.connect();
  await using listener = await gateway.connect({ scopes: ["operator.read"] });
  const subscribed = await listener.call("sessions.messages.subscribe", { key: "A" });
  const send = async (idempotencyKey: string) => {
    await speaker.call("chat.send", { sessionKey: "a", message: `hello ${idempotencyKey}`, idempotencyKey });
    await speaker.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === idempotencyKey);
  };

  await send("k1");
  const { payload } = await listener.event("session.message", (message) => message["messageSeq"] === 1);
  const left = await listener.call("sessions.messages.unsubscribe", { key: "a" });
  await send("k2");
  await listener.call("sessions.list");

  expect(subscribed.payload).toEqual({ subscribed: true, key: "agent:main:a" });
  expect(left.payload).toEqual({ subscribed: false, key: "agent:main:a" });
  expect(payload).toMatchObject({
    sessionKey: "agent:main:a",
    senderIsOwner: true,
    messageSeq: 1,
    message: { role: "user", idempotencyKey: "k1:user", __openclaw: { seq: 1, idempotencyKey: "k1:user" } },
    session: { key: "agent:main:a" },
  });
  const heard = listener.events.filter((event) => event.event === "session.message");
  expect(heard.map((event) => (event.payload as { messageSeq: number }).messageSeq)).not.toContain(3);
  expect(listener.events.some((event) => event.event === "sessions.changed")).toBe(false);
});

test("[SE16] a session that is not there yet can be listened to, a malformed key cannot", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const early = await client.call("sessions.messages.subscribe", { key: "not-yet" });
  const malformed = await client.call("sessions.messages.subscribe", { key: "agent::x" });

  expect(early.payload).toEqual({ subscribed: true, key: "agent:main:not-yet" });
  expect(malformed.error.message).toBe('malformed session key "agent::x"');
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const send = (message: string, idempotencyKey: string, more: Record<string, unknown> = {}) => ({
  sessionKey: "main",
  message,
  idempotencyKey,
  ...more,
});

test("[CH1] without any configuration a message is acknowledged, answered in pieces and kept", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const acknowledged = await client.call("chat.send", send("hello there", "k1"));
  const final = await reader.event("chat", (payload) => payload["state"] === "final");
  const history = await reader.call("chat.history", { sessionKey: "main" });

  expect(acknowledged.payload).toEqual({ runId: "k1", status: "started" });
  expect(final.payload).toMatchObject({
    runId: "k1",
    sessionKey: "agent:main:main",
    stopReason: "stop",
    message: { role: "assistant", content: [{ type: "text", text: "You said: hello there" }] },
  });
  expect(history.payload).toMatchObject({
    sessionKey: "main",
    totalMessages: 2,
    hasMore: false,
    messages: [
      { role: "user", content: "hello there", idempotencyKey: "k1:user", __openclaw: { seq: 1 } },
      { role: "assistant", provider: "offline", model: "echo", __openclaw: { runId: "k1", seq: 2 } },
    ],
  });
});

test("[CH2] the acknowledgement comes before every event of the run", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.subscribe", {});
  const heard: string[] = [];
  client.socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as { type: string; event?: string; id?: string };
    heard.push(frame.type === "res" ? `res ${frame.id}` : String(frame.event));
  });

  client.request("chat.send", send("hello", "k1"), "send");
  await client.event("chat", (payload) => payload["state"] === "final");

  const first = heard.findIndex((one) =>
    ["chat", "agent", "session.message", "sessions.changed"].includes(one),
  );
  expect(heard.indexOf("res send")).toBeGreaterThanOrEqual(0);
  expect(heard.indexOf("res send")).toBeLessThan(first);
});

test("[CH3] a repeated key makes no second run", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", send("hello", "k1"));
  await client.event("chat", (payload) => payload["state"] === "final");
  await client.call("agent.wait", { runId: "k1" });

  const again = await client.call("chat.send", send("hello", "k1"));
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect(again.payload).toEqual({ runId: "k1", status: "ok" });
  expect(history.payload["totalMessages"]).toBe(2);
});

test.for([
  { params: send("", "k1"), message: "message or attachment required" },
  { params: send("   ", "k1"), message: "message or attachment required" },
  { params: send("a\0b", "k1"), message: "message must not contain null bytes" },
  {
    params: send("a", "k1", { sessionKey: "agent:zz:main" }),
    message: 'Agent "zz" no longer exists in configuration',
  },
  {
    params: send("a", "k1", { attachments: [{ type: "image", mimeType: "image/png", content: "@@@" }] }),
    message: "Error: attachment image: invalid base64 content",
  },
  {
    params: send("a", "k1", { expectedLeafEntryId: "no" }),
    message: "active branch changed; review and retry",
  },
])("[CH4] refuses with: $message", async ({ params, message }) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("chat.send", params);
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST", message } });
  expect(history.payload["totalMessages"]).toBe(0);
});

test("[CH5] a cursor brings what came after it, and a foreign one says to start anew", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", send("one", "k1"));
  await client.call("agent.wait", { runId: "k1" });
  const before = await client.call("chat.history", { sessionKey: "main" });
  await client.call("chat.send", send("two", "k2"));
  await client.call("agent.wait", { runId: "k2" });

  const since = await client.call("chat.history", {
    sessionKey: "main",
    cursor: before.payload["deltaCursor"],
  });
  const foreign = await client.call("chat.history", { sessionKey: "main", cursor: "bogus" });

  expect(since.payload).toMatchObject({
    kind: "delta",
    messages: [{ message: { role: "user", content: "two" }, messageSeq: 3 }, { messageSeq: 4 }],
  });
  expect(foreign.payload).toEqual({ kind: "reset" });
});

test("[CH6] pages go back from the newest message", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  for (const id of ["k1", "k2"]) {
    await client.call("chat.send", send(id, id));
    await client.call("agent.wait", { runId: id });
  }

  const newest = await client.call("chat.history", { sessionKey: "main", limit: 1 });
  const older = await client.call("chat.history", { sessionKey: "main", limit: 2, offset: 1 });
  const beyond = await client.call("chat.history", { sessionKey: "main", limit: 2, offset: 200 });

  expect(newest.payload).toMatchObject({ nextOffset: 1, hasMore: true, messages: [{ role: "assistant" }] });
  expect(older.payload).toMatchObject({
    offset: 1,
    nextOffset: 3,
    messages: [{ role: "assistant" }, { role: "user", content: "k2" }],
  });
  expect(beyond.payload).toMatchObject({ offset: 200, messages: [], hasMore: false });
});

test("[CH7] one message is given by its id, and shortened when asked", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", send("a long message", "k1"));
  await client.call("agent.wait", { runId: "k1" });
  const history = await client.call("chat.history", { sessionKey: "main" });
  const [first] = history.payload["messages"] as { __openclaw: { id: string } }[];

  const answer = await client.call("chat.message.get", {
    sessionKey: "main",
    messageId: first?.__openclaw.id,
    maxChars: 6,
  });
  const missing = await client.call("chat.message.get", { sessionKey: "main", messageId: "no" });

  expect(answer.payload).toMatchObject({
    ok: true,
    message: { content: "a long\n...(truncated)...", __openclaw: { truncated: true, reason: "display-cap" } },
  });
  expect(missing.payload).toEqual({ ok: false, unavailableReason: "not_found" });
});

test("[CH8] text that was injected is a message of the assistant, and needs a session", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const before = await client.call("chat.inject", { sessionKey: "main", message: "note" });
  await client.call("chat.send", send("hello", "k1"));
  await client.call("agent.wait", { runId: "k1" });

  const injected = await client.call("chat.inject", { sessionKey: "main", message: "note", label: "why" });
  const history = await client.call("chat.history", { sessionKey: "main", limit: 1 });

  expect(before.error.message).toBe("session not found");
  expect(injected.payload).toMatchObject({ ok: true });
  expect(history.payload["messages"]).toMatchObject([
    { role: "assistant", content: [{ type: "text", text: "[why]\n\nnote" }], model: "gateway-injected" },
  ]);
});

test("[CH9] commands are answered without a model, and change the session", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", send("/usage tokens", "k1"));
  const final = await client.event("chat", (payload) => payload["state"] === "final");
  await client.call("agent.wait", { runId: "k1" });
  const unknown = await client.call("chat.send", send("/bogus", "k2"));
  const toModel = await client.event(
    "chat",
    (payload) => payload["runId"] === "k2" && payload["state"] === "final",
  );

  expect(final.payload).toMatchObject({
    seq: 1,
    message: {
      content: [{ text: "⚙️ Usage footer: tokens." }],
      model: "gateway-injected",
      idempotencyKey: "k1",
    },
  });
  expect(
    client.events.some(
      ({ event, payload }) => event === "agent" && (payload as { runId: string }).runId === "k1",
    ),
  ).toBe(false);
  expect(unknown.payload["status"]).toBe("started");
  expect(toModel.payload).toMatchObject({ message: { content: [{ text: "You said: /bogus" }] } });
});

test("[CH10] a stop with nothing to stop is answered like an abort", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const stop = await client.call("chat.send", send("/stop", "k1"));
  const abort = await client.call("chat.abort", { sessionKey: "agent:main:nobody" });

  expect(stop.payload).toEqual({ ok: true, aborted: false, runIds: [] });
  expect(abort.payload).toEqual({ ok: true, aborted: false, runIds: [] });
});

test("[CH11] a reader may not send", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  const answer = await client.call("chat.send", send("a", "k1"));

  expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.write" });
});

test("[CH12] chat.startup is the history with the models and commands a chat offers", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  await client.call("chat.metadata", {});
  const answer = await client.call("chat.startup", { sessionKey: "main" });

  expect(answer.payload).toMatchObject({
    messages: [],
    totalMessages: 0,
    metadata: { models: [{ provider: "offline", id: "echo" }], runtimeSelectionLocked: false },
  });
});

test("[RN16] agent answers twice with the id of its request, and a repeat gets the whole result at once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const id = client.request("agent", {
    message: "hello",
    idempotencyKey: "a1",
    sessionKey: "agent:main:work",
  });

  const accepted = await client.response(id, 1);
  const ended = await client.response(id, 2);
  const repeated = await client.call("agent", {
    message: "hello",
    idempotencyKey: "a1",
    sessionKey: "agent:main:work",
  });
  const waited = await client.call("agent.wait", { runId: "a1", timeoutMs: 1 });

  expect(accepted.payload).toMatchObject({ runId: "a1", sessionKey: "agent:main:work", status: "accepted" });
  expect(ended.payload).toMatchObject({
    status: "ok",
    summary: "completed",
    result: { payloads: [{ text: "You said: hello", mediaUrl: null }] },
  });
  expect(repeated.payload).toEqual(ended.payload);
  expect(waited.payload).toMatchObject({ status: "ok", terminalReply: { disposition: "visible" } });
});

test("[RN17] agent.wait gives up when its time is over", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("agent.wait", { runId: "nobody", timeoutMs: 0 });

  expect(answer.payload).toEqual({ runId: "nobody", status: "timeout" });
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CH3] a key that was used once is answered with how its run went, and stands for no other message", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read", "operator.write"] });
  const send = (message: string) =>
    client.call("chat.send", { sessionKey: "main", message, idempotencyKey: "k1" });

  const first = await send("one");
  await client.call("agent.wait", { runId: "k1" });
  const again = await send("one");
  const other = await send("two");
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect([first.payload, again.payload]).toEqual([
    { runId: "k1", status: "started" },
    { runId: "k1", status: "ok" },
  ]);
  expect(other.error).toMatchObject({
    code: "INVALID_REQUEST",
    details: { reason: "chat-request-conflict" },
  });
  expect(history.payload).toMatchObject({ totalMessages: 2, messages: [{ content: "one" }, {}] });
});

test("[CH10] a stop that is not to be read as a command is a message like any other", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const stop = { sessionKey: "main", message: "/stop" };

  const command = await client.call("chat.send", { ...stop, idempotencyKey: "k1" });
  const message = await client.call("chat.send", {
    ...stop,
    idempotencyKey: "k2",
    suppressCommandInterpretation: true,
  });

  expect(command.payload).toEqual({ ok: true, aborted: false, runIds: [] });
  expect(message.payload).toEqual({ runId: "k2", status: "started" });
});

test("[CH15] without a session nothing else is looked at", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("chat.send", { message: 3 });

  expect(answer.error).toMatchObject({
    message: "session mutation target is unavailable",
    details: { code: "SESSION_MUTATION_TARGET_REQUIRED" },
  });
});

test("[RN46] a file that comes with a message is kept beside the transcript, which names it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const final = client.event("chat", (payload) => payload["state"] === "final");
  const attachments = [
    { type: "file", mimeType: "text/plain", fileName: "../no te.txt", content: "aGVsbG8=" },
    { type: "image", mimeType: "image/png", content: "iVBORw0KGgo=" },
  ];
  await client.call("chat.send", { sessionKey: "main", message: "read", idempotencyKey: "k", attachments });
  const reply = await final;
  const history = await client.call("chat.history", { sessionKey: "main" });

  const [message] = history.payload["messages"] as {
    content: unknown;
    __openclaw: Record<string, unknown>;
  }[];
  expect(message?.content).toBe("read");
  expect(message?.__openclaw).toMatchObject({
    media: [
      {
        url: expect.stringMatching(/^media:\/\/inbound\/no_te---[0-9a-f-]{36}\.txt$/),
        kind: "document",
        fileName: "no te.txt",
        sizeBytes: 5,
        hydrationSuppressed: true,
      },
      { url: expect.stringMatching(/^media:\/\/inbound\/[0-9a-f-]{36}\.png$/), kind: "image" },
    ],
    mediaImageLayout: { slots: [{ kind: "offloaded", factIndex: 1 }] },
  });
  expect(JSON.stringify(reply.payload)).toContain("hello");
});

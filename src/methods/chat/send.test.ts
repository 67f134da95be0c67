import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CH3] a key that was used once is answered with how its run went, whatever the message says now", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read", "operator.write"] });
  const send = (message: string) =>
    client.call("chat.send", { sessionKey: "main", message, idempotencyKey: "k1" });

  const first = await send("one");
  await client.call("agent.wait", { runId: "k1" });
  const again = await send("two");
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect([first.payload, again.payload]).toEqual([
    { runId: "k1", status: "started" },
    { runId: "k1", status: "ok" },
  ]);
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

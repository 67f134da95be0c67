import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const CALL = { sessionKey: "main", callId: "c1", name: "openclaw_agent_consult" };

test("[TK5] a question of a voice model is a run of the session, whose answer stays there", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const asked = await client.call("talk.client.toolCall", { ...CALL, args: { question: "what is new" } });
  const { runId } = asked.payload;
  const done = await client.call("agent.wait", { runId });
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect(asked.payload).toMatchObject({ agentId: "main", agentSessionKey: "agent:main:main" });
  expect(String(runId)).toMatch(/^talk-c1-/);
  expect(done.payload).toMatchObject({ status: "ok" });
  expect(history.payload).toMatchObject({ totalMessages: 2, messages: [{ content: "what is new" }, {}] });
});

test.for([
  [{ ...CALL, name: "zz" }, "unsupported realtime Talk tool: zz"],
  [CALL, "openclaw_agent_consult requires a question"],
  [{ ...CALL, args: { question: " " } }, "openclaw_agent_consult requires a question"],
] as const)("[TK5] %j is refused: %s", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("talk.client.toolCall", params);
  const history = await client.call("chat.history", { sessionKey: "main" });

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message });
  expect(history.payload["totalMessages"]).toBe(0);
});

test("[TK5] a reader may not ask by voice", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const answer = await reader.call("talk.client.toolCall", { ...CALL, args: { question: "q" } });

  expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.talk" });
});

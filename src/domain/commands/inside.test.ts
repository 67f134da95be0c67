import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const KEY = "agent:main:inside";

/** Says something, and returns what the chat was told under that run, until the run is over. */
async function said(message: string) {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", { sessionKey: KEY, message, idempotencyKey: "one" });
  const { payload: ended } = await client.call("agent.wait", { runId: "one", timeoutMs: 10_000 });
  const { payload } = await client.call("chat.history", { sessionKey: KEY });
  const { session } = (await client.call("sessions.describe", { key: KEY })).payload as {
    session: Record<string, unknown>;
  };
  const { messages } = payload as { messages: { role: string; content: unknown }[] };
  const told = client.events
    .filter(({ event, payload: one }) => event === "chat" && JSON.stringify(one).includes('"one"'))
    .map(
      ({ payload: one }) => one as { state: string; errorMessage?: string; message?: { content: unknown } },
    );
  return {
    messages,
    session,
    ended,
    told: JSON.stringify(told.filter(({ state }) => state !== "delta" && state !== "status")),
  };
}

test("[CH17] a setting inside a message is for that message, is told, and is not read by the model", async () => {
  const { messages, session, told } = await said("please /verbose on /think off now");

  expect(messages[0]).toMatchObject({ role: "user", content: "please /verbose on /think off now" });
  expect(JSON.stringify(messages[1])).toContain("please now");
  expect(messages).toHaveLength(2);
  expect(told).toContain("⚙️ Verbose logging enabled. Thinking disabled.");
  expect(session["verboseLevel"]).toBeUndefined();
});

test("[CH17] settings alone are kept, and answered together", async () => {
  const { messages, session } = await said("/think off /verbose on");

  expect(session).toMatchObject({ thinkingLevel: "off", verboseLevel: "on" });
  expect(JSON.stringify(messages[1])).toContain("Thinking disabled. ⚙️ Verbose logging enabled.");
});

test("[CH17] a question inside a message is answered beside it", async () => {
  const { messages, told } = await said("hey /whoami there");

  expect(JSON.stringify(messages[1])).toContain("hey there");
  expect(told).toContain("🧭 Identity");
});

test("[CH17] a model that cannot be ends the message it stands in", async () => {
  const { told, messages } = await said("please /model nope/x now");

  expect(told).toContain('Unknown provider \\"nope\\". Use /models to list providers.');
  expect(told).toContain('"state":"error"');
  expect(messages).toHaveLength(1);
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CH13] titles of tool calls are left to the client, and a list of none is refused", async () => {
  await using gateway = await openTestGateway();
  const client = await gateway.connect({ scopes: ["operator.admin", "operator.read", "operator.write"] });
  const sessionKey = "agent:main:main";

  const asked = await client.call("chat.toolTitles", {
    sessionKey,
    items: [{ id: "a", name: "read", input: "{}" }],
  });
  const none = await client.call("chat.toolTitles", { sessionKey, items: [] });

  expect(asked.payload).toEqual({ disabled: true, titles: {} });
  expect(none.error?.message).toBe(
    "invalid chat.toolTitles params: at /items: must not have fewer than 1 items",
  );
});

test("[CH14] what is injected is told as an answer that is there at once", async () => {
  await using gateway = await openTestGateway();
  const client = await gateway.connect({ scopes: ["operator.admin", "operator.read", "operator.write"] });
  await client.call("sessions.create", { key: "agent:main:x" });
  const told = client.event("chat", () => true);

  const { payload } = await client.call("chat.inject", { sessionKey: "agent:main:x", message: "hello" });

  expect((await told).payload).toMatchObject({
    runId: `inject-${String(payload?.["messageId"])}`,
    agentId: "main",
    state: "final",
    message: { role: "assistant", content: [{ type: "text", text: "hello" }] },
  });
});

test("[CH15] a message without a session is refused before anything else", async () => {
  await using gateway = await openTestGateway();
  const client = await gateway.connect({ scopes: ["operator.read", "operator.write"] });

  for (const [method, params] of [
    ["chat.send", { message: "x" }],
    ["sessions.send", {}],
  ] as const) {
    const { error } = await client.call(method, params);
    expect(error).toMatchObject({
      code: "INVALID_REQUEST",
      message: "session mutation target is unavailable",
      details: { code: "SESSION_MUTATION_TARGET_REQUIRED", method },
    });
  }
});

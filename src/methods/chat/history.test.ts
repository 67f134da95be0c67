import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CH7] a message that there is not is no error, an agent that there is not is one", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const asked = { sessionKey: "main", messageId: "zz" };

  const missing = await reader.call("chat.message.get", asked);
  const unknown = await reader.call("chat.message.get", { ...asked, agentId: "zz" });

  expect(missing.payload).toEqual({ ok: false, unavailableReason: "not_found" });
  expect(unknown.error).toMatchObject({ code: "INVALID_REQUEST", message: 'Unknown agent id "zz"' });
});

test.for([
  [{ sessionKey: "main", agentId: "zz" }, 'Unknown agent id "zz"'],
  [{ sessionKey: "main", sessionId: "s" }, "sessionId requires messageId"],
  [{}, "invalid chat.history params: must have required property 'sessionKey'"],
  [{ sessionKey: "main", limit: 0 }, "invalid chat.history params: at /limit: must be >= 1"],
] as const)("[CH6] a history is not given for %j: %s", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  expect((await reader.call("chat.history", params)).error.message).toBe(message);
});

test.for(["chat.history", "chat.message.get"])("[CH6] %s is for operator.read", async (name) => {
  await using gateway = await openTestGateway();
  await using bare = await gateway.connect({ scopes: [] });

  const answer = await bare.call(name, { sessionKey: "main", messageId: "m" });

  expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.read" });
});

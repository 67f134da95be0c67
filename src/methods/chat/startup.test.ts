import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CH12] the metadata of a chat is the same alone and with its history, but for the session", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const early = await reader.call("chat.startup", { sessionKey: "main" });
  const ofSession = await reader.call("chat.metadata", { sessionKey: "main" });
  const alone = await reader.call("chat.metadata", {});
  const startup = await reader.call("chat.startup", { sessionKey: "main" });

  expect(early.payload["metadata"]).toBeUndefined();
  expect(startup.payload["metadata"]).toEqual(ofSession.payload);
  expect(ofSession.payload).toEqual({ ...alone.payload, runtimeSelectionLocked: false });
  expect(alone.payload).toMatchObject({
    models: [{ provider: "offline", id: "echo" }],
    swarmEnabled: true,
    accountSelection: { kind: "automatic" },
  });
});

test.for([
  ["chat.startup", { sessionKey: "main", agentId: "zz" }, 'Unknown agent id "zz"'],
  ["chat.startup", { shortId: "s", agentId: "main" }, "shortId must be 8-32 hexadecimal characters"],
  ["chat.metadata", { agentId: "zz" }, 'unknown agent id "zz"'],
] as const)("[CH12] %s %j is refused: %s", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using bare = await gateway.connect({ scopes: [] });

  expect((await reader.call(name, params)).error).toMatchObject({ code: "INVALID_REQUEST", message });
  expect((await bare.call(name, params)).error.message).toBe("missing scope: operator.read");
});

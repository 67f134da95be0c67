import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const CONFIG = {
  agents: {
    ownership: "explicit",
    defaults: { systemAgent: { agentId: "main" } },
    entries: { main: { name: "Main" }, bee: { identity: { name: "Humble", emoji: "🐝" } } },
  },
};

test("[AG10] an agent has the identity that it was given, or none and is an assistant", async () => {
  await using gateway = await openTestGateway({ config: CONFIG });
  await using client = await gateway.connect({ scopes: ["operator.read"] });
  const identity = async (params: Record<string, unknown>) =>
    (await client.call("agent.identity.get", params)).payload;

  expect(await identity({})).toEqual({
    agentId: "main",
    name: "Assistant",
    nameSource: "default",
    avatar: "A",
  });
  const bee = { agentId: "bee", name: "Humble", nameSource: "agent", avatar: "🐝", emoji: "🐝" };
  expect(await identity({ agentId: "bee" })).toEqual(bee);
  expect(await identity({ sessionKey: "agent:bee:main" })).toEqual(bee);
  expect(await identity({ agentId: "zz" })).toEqual({
    agentId: "zz",
    name: "Assistant",
    nameSource: "default",
    avatar: "A",
  });
});

test("[AG10] an identity is asked for by an id, with operator.read", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using bare = await gateway.connect({ scopes: [] });

  const nameless = await client.call("agent.identity.get", { agentId: "" });
  const refused = await bare.call("agent.identity.get", {});

  expect(nameless.error.message).toBe(
    "invalid agent.identity.get params: at /agentId: must not have fewer than 1 characters",
  );
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.read" });
});

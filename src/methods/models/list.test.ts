import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const provider = (id: string, more: Record<string, unknown> = {}) => ({
  baseUrl: "http://127.0.0.1:9/v1",
  models: [{ id, name: id }],
  ...more,
});

const CONFIG = {
  agents: { defaults: { model: "one/a" } },
  models: { providers: { one: provider("a", { apiKey: "key-of-one" }), two: provider("b") } },
};

test("[MD2] the models of a fresh gateway are the built-in one, which hides behind those configured", async () => {
  await using fresh = await openTestGateway();
  await using configured = await openTestGateway({ config: CONFIG });
  await using first = await fresh.connect({ scopes: ["operator.read"] });
  await using second = await configured.connect({ scopes: ["operator.read"] });

  const ofFresh = await first.call("models.list", {});
  const all = await second.call("models.list", {});
  const some = await second.call("models.list", { provider: "two" });

  expect(ofFresh.payload["models"]).toMatchObject([{ provider: "offline", id: "echo" }]);
  expect(all.payload["models"]).toHaveLength(2);
  expect(some.payload["models"]).toMatchObject([{ provider: "two", id: "b" }]);
});

test("[MD2] who has a key is told, and not the key", async () => {
  await using gateway = await openTestGateway({ config: CONFIG });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const { payload } = await reader.call("models.authStatus");

  expect(payload["providers"]).toMatchObject([
    { provider: "one", status: "static", apiKey: { source: "config" } },
    { provider: "two", status: "missing" },
  ]);
  expect(JSON.stringify(payload)).not.toContain("key-of-one");
});

test("[MD2] the models of an agent that there is not are refused, and so is who may not read", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using bare = await gateway.connect({ scopes: [] });

  expect((await reader.call("models.list", { agentId: "zz" })).error.message).toBe('unknown agent id "zz"');
  expect((await reader.call("models.list", { view: 1 })).error.message).toMatch(
    /^invalid models.list params: /,
  );
  expect((await bare.call("models.list", {})).error.message).toBe("missing scope: operator.read");
  expect((await bare.call("models.authStatus")).error.message).toBe("missing scope: operator.read");
});

test("[MD2] accounts are looked through by whom they belong to; an id of blanks names the default agent", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("models.list", { authProfileId: "one:manual" })).error).toEqual({
    code: "FORBIDDEN",
    message: "This account action requires a current authorized connection; reconnect and try again.",
  });
  expect((await client.call("models.authStatus", { agentId: " " })).payload).toHaveProperty("providers");
  expect((await client.call("tools.catalog", { agentId: " ZZ " })).error.message).toBe(
    'unknown agent id "ZZ"',
  );
});

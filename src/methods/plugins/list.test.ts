import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL1] what is bundled is listed, inspected and described; unknown names are named", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("plugins.list", {});
  const rows = payload["plugins"] as { id: string; runtime: unknown; state: string }[];
  expect(rows[0]).toMatchObject({ id: "workboard", state: "disabled", runtime: { state: "unloaded" } });
  expect(rows.find(({ id }) => id === "openai")).toMatchObject({
    state: "enabled",
    runtime: { state: "active" },
  });
  expect((await client.call("plugins.inspect", { pluginId: "openai" })).payload).toMatchObject({
    plugin: { id: "openai", origin: "bundled", installed: true, enabled: true },
    declared: { providers: ["openai"] },
    reviewToken: "14a9bb30d4b42070c9ef22387530bb9b949fa2fb70ca017f73af3153074725f5",
  });
  for (const [method, params, message] of [
    ["plugins.inspect", { pluginId: "p" }, 'Plugin "p" not found.'],
    ["plugins.sessionAction", { pluginId: "p", actionId: "a" }, "unknown plugin session action: p/a"],
  ] as const) {
    expect((await client.call(method, params)).error.message).toBe(message);
  }
});

test("[PL6] only who may administer is told of a widget that needs it", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const kinds = async (client: typeof admin): Promise<unknown[]> => {
    const { payload } = await client.call("plugins.uiDescriptors", {});
    return (payload["controlUiWidgetKinds"] as { kind: string }[]).map(({ kind }) => kind);
  };

  const session = ["session:report", "session:progress", "session:website"];
  expect(await kinds(reader)).toEqual(session);
  expect((await kinds(admin)).slice(-session.length)).toEqual(session);
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL1] a gateway without plugins lists none, and knows none by name", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("plugins.list", {})).payload).toMatchObject({ plugins: [] });
  expect((await client.call("plugins.uiDescriptors", {})).payload).toMatchObject({ descriptors: [] });
  for (const [method, params, message] of [
    ["plugins.inspect", { pluginId: "p" }, 'Plugin "p" not found.'],
    ["plugins.setEnabled", { pluginId: "p", enabled: true }, "plugin not installed: p"],
    ["plugins.uninstall", { pluginId: "p" }, "Plugin not found: p"],
    ["plugins.sessionAction", { pluginId: "p", actionId: "a" }, "unknown plugin session action: p/a"],
    ["plugins.catalog.get", { id: "p" }, "Unknown plugin discovery identity."],
  ] as const) {
    expect((await client.call(method, params)).error.message).toBe(message);
  }
});

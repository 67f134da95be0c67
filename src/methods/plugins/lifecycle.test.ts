import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL8] a plugin that is switched off takes what it brings along, until it is switched on again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const loaded = async (): Promise<readonly string[]> =>
    ((await client.call("health", { probe: true })).payload as { plugins: { loaded: string[] } }).plugins
      .loaded;
  expect(await loaded()).toContain("talk-voice");

  const off = await client.call("plugins.setEnabled", { pluginId: "talk-voice", enabled: false });
  expect(off.payload).toMatchObject({
    ok: true,
    restartRequired: false,
    plugin: { id: "talk-voice", state: "disabled" },
    runtime: { pluginIds: ["talk-voice"] },
  });
  await client.event("plugins.changed");
  expect(await loaded()).not.toContain("talk-voice");

  await client.call("plugins.setEnabled", { pluginId: "talk-voice", enabled: true });
  expect(await loaded()).toContain("talk-voice");
});

test.for([
  ["plugins.setEnabled", { pluginId: "p", enabled: true }, "plugin not installed: p"],
  ["plugins.setEnabled", { pluginId: "diffs", enabled: true }, "plugin not installed: diffs"],
  ["plugins.uninstall", { pluginId: "p" }, "Plugin not found: p"],
  ["plugins.install", { source: "official", pluginId: "p" }, "unknown official plugin catalog entry: p"],
  ["plugins.install", { source: "bundled", pluginId: "p" }, "Unknown bundled plugin: p"],
  ["plugins.install", { source: "local", path: "/nowhere/p" }, "path not found: /nowhere/p"],
  [
    "plugins.install",
    { source: "npm-pack", archivePath: "/nowhere/p.tgz" },
    "archive not found: /nowhere/p.tgz",
  ],
] as const)("[PL9] %s of what is not there is refused", async ([method, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe(message);
});

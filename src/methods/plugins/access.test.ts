import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const path = ["plugins", "entries", "google", "config", "webSearch", "apiKey"];

test("[PL10] a key of a plugin is told of as it stands in the file, and shown only when asked for", async () => {
  const config = { plugins: { entries: { google: { config: { webSearch: { apiKey: "g-secret" } } } } } };
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect();
  const { hash: baseHash } = (await client.call("config.get", {})).payload as { hash: string };
  const ask = (params: object) =>
    client.call("plugins.credentials.inspect", { pluginId: "google", path, baseHash, ...params });

  expect((await ask({})).payload).toEqual({ baseHash, credential: { kind: "literal" } });
  expect((await ask({ reveal: true })).payload).toEqual({
    baseHash,
    credential: { kind: "literal", value: "g-secret" },
  });
  expect((await ask({ baseHash: "other" })).error.message).toBe(
    "Configuration changed. Reload Settings before inspecting this reference.",
  );
  expect((await ask({ pluginId: "xai" })).error.message).toBe(
    "This installed plugin does not declare that credential field.",
  );
});

test("[PL11] the skills that a plugin brings can be read", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const read = (params: object) =>
    client.call("plugins.skills.read", { source: "installed", pluginId: "browser", ...params });

  expect((await read({ skillName: "browser-automation" })).payload).toMatchObject({
    rootPath: "skills/browser-automation",
    files: [{ path: "SKILL.md", status: "ready" }],
  });
  expect((await read({ skillName: "nope" })).error.message).toBe("Plugin skill not found.");
  expect((await read({ skillName: "browser-automation", path: "x" })).error.message).toBe(
    "Plugin skill file not found.",
  );
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL2] a reload tells every Control UI the revision of what it should have loaded", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("plugins.controlUi.list", {});
  const reloaded = await client.call("plugins.controlUi.reload", {});
  const changed = await client.event("plugins.controlUi.changed");

  expect(payload).toMatchObject({ plugins: [], diagnostics: [] });
  expect(reloaded.payload).toEqual(payload);
  expect(changed.payload).toEqual({ revision: payload["revision"] });
  expect((await client.call("plugins.controlUi.status", {})).payload).toEqual({ clients: [] });
  expect((await client.call("plugins.controlUi.reload", { pluginId: "p" })).error.code).toBe("UNAVAILABLE");
});

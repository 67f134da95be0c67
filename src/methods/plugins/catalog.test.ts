import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL7] what is bundled can be looked through without the shop", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("plugins.catalog.browse", { intent: "bundled", category: "media" });
  const items = payload["items"] as { id: string; local: { pluginId: string } }[];
  expect(items.map(({ local }) => local.pluginId)).toEqual(["alibaba", "fal", "runway"]);
  expect(payload).not.toHaveProperty("remoteError");

  const id = items[0]?.id ?? "";
  expect((await client.call("plugins.catalog.get", { id })).payload).toMatchObject({
    plugin: { id: "local_YWxpYmFiYQ" },
    detail: { origin: "local", packageName: "@openclaw/alibaba-provider" },
  });
  expect((await client.call("plugins.catalog.get", { id: "local_bm9wZQ" })).error.message).toBe(
    "Unknown local plugin discovery identity.",
  );
  expect((await client.call("plugins.catalog.get", { id: "p" })).error.message).toBe(
    "Unknown plugin discovery identity.",
  );
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL3] a ticket to a page that is hosted is renewed; other pages have none", async () => {
  const config = { plugins: { entries: { canvas: { enabled: true } } } };
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect();
  const refresh = (params: Record<string, unknown>) => client.call("plugin.surface.refresh", params);

  const { payload } = await refresh({ surface: "canvas" });
  expect(payload).toMatchObject({
    surface: "canvas",
    pluginSurfaceUrls: { canvas: expect.stringMatching(/\/__openclaw__\/cap\/[\w-]{24}$/) },
  });
  expect((await refresh({ surface: "canvas" })).payload).not.toEqual(payload);
  expect((await refresh({})).error).toMatchObject({ code: "INVALID_REQUEST", message: "surface required" });
  expect((await refresh({ surface: "map" })).error).toMatchObject({
    code: "UNAVAILABLE",
    message: "map plugin surface unavailable",
  });
});

test("[PL8] a plugin that is denied hosts no page", async () => {
  await using gateway = await openTestGateway({ config: { plugins: { deny: ["canvas"] } } });
  await using client = await gateway.connect();

  const { error } = await client.call("plugin.surface.refresh", { surface: "canvas" });

  expect(error.message).toBe("canvas plugin surface unavailable");
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL3] a surface is named, and is not there without the plugin that hosts it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refresh = async (params: Record<string, unknown>) =>
    (await client.call("plugin.surface.refresh", params)).error;

  expect(await refresh({})).toMatchObject({ code: "INVALID_REQUEST", message: "surface required" });
  expect(await refresh({ surface: "canvas" })).toMatchObject({
    code: "UNAVAILABLE",
    message: "canvas plugin surface unavailable",
  });
});

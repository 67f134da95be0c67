import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US3] preferences have nobody to be kept for", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const written = await client.call("users.prefs.set", { entries: { "ui.theme": "dark" } });
  const read = await client.call("users.prefs.get", { keys: ["ui.theme"] });

  expect([written.payload, read.payload]).toEqual([
    { status: "no_durable_identity" },
    { status: "no_durable_identity" },
  ]);
  expect((await client.call("users.prefs.get", { keys: ["a", "a"] })).error.code).toBe("INVALID_REQUEST");
});

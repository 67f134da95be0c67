import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP17] there is no report about an update that did not fail", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { error } = await client.call("update.report", { action: "preview", attemptId: "a" });

  expect(error.message).toBe("This failed update attempt is stale or unavailable.");
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[MD1] a logout removes stored sign-ins, of which there are none", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("models.authLogout", {})).error.message).toBe("provider is required");
  expect((await client.call("models.authLogout", { provider: "mock" })).payload).toEqual({
    provider: "mock",
    removedProfiles: [],
    abortedRunIds: [],
  });
});

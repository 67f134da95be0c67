import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[WL1] nothing is signed in to by a picture when no channel can", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  for (const method of ["web.login.start", "web.login.wait"]) {
    expect((await client.call(method, {})).error.message).toBe("web login provider is not available");
  }
});

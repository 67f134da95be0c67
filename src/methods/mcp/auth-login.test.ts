import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[MC4] a server that nobody signs in to through a browser says so", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const answer = await client.call("mcp.authLogin", { sessionId: "s", serverName: "x" });
  expect(answer.error.message).toContain("cannot use operator browser sign-in");
});

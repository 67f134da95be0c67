import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL4] a subscription to pull requests names sessions", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const subscribe = (params: Record<string, unknown>) =>
    client.call("controlUi.sessionPullRequests.subscribe", params);

  expect((await subscribe({ sessionKeys: ["agent:main:main"] })).payload).toEqual({ subscribed: true });
  expect((await subscribe({ sessionKeys: [] })).payload).toEqual({ subscribed: false });
  expect((await subscribe({ sessionKey: "agent:main:main" })).error.message).toBe(
    "invalid controlUi.sessionPullRequests.subscribe params",
  );
});

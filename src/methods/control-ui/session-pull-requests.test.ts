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

test("[PL4] no session has a pull request whose checks could be shown", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:t" });
  const pull = { owner: "a", repo: "b", number: 1, headSha: "0123456789".repeat(4) };
  const checks = (params: object) => client.call("controlUi.sessionPullRequests.checks", params);

  expect((await checks({ ...pull, sessionKey: "agent:main:t" })).payload).toMatchObject({
    ...pull,
    checks: [],
    status: "unavailable",
  });
  expect((await checks({ ...pull, sessionKey: "agent:main:none" })).error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Session CI details unavailable",
  });
  for (const odd of [{ headSha: "0123456" }, { number: 0 }, { more: 1 }]) {
    const { error } = await checks({ ...pull, sessionKey: "agent:main:t", ...odd });
    expect(error.message).toBe("invalid controlUi.sessionPullRequests.checks params");
  }
});

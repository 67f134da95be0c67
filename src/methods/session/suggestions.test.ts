import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE24] without people there are no suggestions and nobody to make one", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const sessionKey = "a";

  const list = await client.call("session.suggestions.list", { sessionKey });
  const add = await client.call("session.suggestions.add", { sessionKey, text: "hi" });
  const resolve = await client.call("session.suggestions.resolve", {
    sessionKey,
    id: "x",
    resolution: "dismiss",
  });
  const discussion = await client.call("session.discussion.info", { sessionKey });

  expect(list.payload).toEqual({ role: "admin", suggestions: [] });
  expect(add.error.message).toBe("identified suggestion author required");
  expect(resolve.error.message).toBe("pending suggestion not found");
  expect(discussion.payload).toEqual({ state: "none" });
});

import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
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

test("[SE24] what a person suggests waits for an answer, and everybody is told of both", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using person = await deviceClient(gateway, new TestDevice(), {
    client: { id: "openclaw-control-ui", mode: "webchat" },
    scopes: ["operator.admin", "operator.read", "operator.write"],
    headers: { origin: gateway.url.replace("ws:", "http:") },
  });
  const sessionKey = "agent:main:a";
  await person.call("sessions.create", { key: sessionKey });

  const added = await person.call("session.suggestions.add", { sessionKey, text: "try this" });
  const suggestion = added.payload["suggestion"] as { id: string };
  const told = await reader.event("session.suggestion");
  const waiting = await person.call("session.suggestions.list", { sessionKey });
  const answer = { sessionKey, id: suggestion.id, resolution: "dismiss" };
  const resolved = await person.call("session.suggestions.resolve", answer);
  const again = await person.call("session.suggestions.resolve", answer);
  const after = await person.call("session.suggestions.list", { sessionKey });

  expect(suggestion).toMatchObject({ author: { type: "human", id: "gateway-owner" }, state: "pending" });
  expect(told.payload).toEqual({ action: "added", suggestion });
  expect(waiting.payload["suggestions"]).toEqual([suggestion]);
  expect(resolved.payload["suggestion"]).toEqual({ ...suggestion, state: "dismissed" });
  expect(again.error.message).toBe("pending suggestion not found");
  expect(after.payload["suggestions"]).toEqual([]);
});

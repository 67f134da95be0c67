import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE27] no account is linked, so there is nothing to publish with and nothing published", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const requestId = "287b98dc-95f9-4d68-a5ff-4dfcdb072baa";

  const options = await client.call("sessions.github.options", { sessionKey: "a" });
  const status = await client.call("sessions.github.status", { sessionKey: "a", requestId });
  const malformed = await client.call("sessions.github.status", { sessionKey: "a", requestId: "x" });

  expect(options.payload).toEqual({
    personal: null,
    shared: null,
    pendingPersonal: null,
    latestShared: null,
  });
  expect(status.error).toMatchObject({
    code: "FORBIDDEN",
    message: "GitHub publication was not found for this session and caller.",
  });
  expect(malformed.error.message).toContain("invalid sessions.github.status params: at /requestId");
});

test("[SE27] nobody is signed in to publish for", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const publish = (params: object) =>
    client.call("sessions.github.publish", { idempotencyKey: "x", ...params }).then(({ error }) => error);

  expect((await publish({ sessionKey: "a" })).message).toBe("GitHub publication session lifecycle changed.");
  expect((await publish({ sessionKey: "none" })).message).toBe("GitHub publication session was not found");
  expect((await publish({})).message).toBe("GitHub publication session is invalid");
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const CONFIG = {
  models: { providers: { mock: { baseUrl: "http://127.0.0.1:9/v1", models: [{ id: "m", name: "M" }] } } },
};

test("[MD3] a key that was saved is told of, and shown nowhere; a logout forgets it", async () => {
  await using gateway = await openTestGateway({ config: CONFIG });
  await using client = await gateway.connect();

  const saved = await client.call("models.authSetApiKey", { provider: " mock ", apiKey: "very-secret" });
  const status = await client.call("models.authStatus", {});
  const gone = await client.call("models.authLogout", { provider: "mock", profileIds: ["mock:manual"] });

  expect(saved.payload).toEqual({ provider: "mock", profileId: "mock:manual" });
  expect(status.payload["providers"]).toMatchObject([
    { provider: "mock", status: "static", profiles: [{ profileId: "mock:manual", type: "api_key" }] },
  ]);
  expect(JSON.stringify(status.payload)).not.toContain("very-secret");
  expect(gone.payload["removedProfiles"]).toEqual(["mock:manual"]);
});

test("[MD3] an order is set and taken back; what is not there is refused", async () => {
  await using gateway = await openTestGateway({ config: CONFIG });
  await using client = await gateway.connect();
  await client.call("models.authSetApiKey", { provider: "mock", apiKey: "k" });

  const profileIds = ["mock:manual"];
  expect((await client.call("models.authOrderSet", { provider: "mock", profileIds })).payload).toEqual({
    provider: "mock",
    profileIds,
  });
  expect((await client.call("models.authOrderSet", { provider: "mock" })).payload["profileIds"]).toBeNull();
  const nobody = await client.call("models.authOrderSet", { provider: "mock", agentId: "zz" });
  expect(nobody.error.message).toBe('unknown agent id "zz"');
  expect(nobody.error.details).toEqual({ code: "UNKNOWN_AGENT_ID", agentId: "zz" });
});

test("[MD3] a sign-in that nobody offers is refused, and so is whoever may not administer", async () => {
  await using gateway = await openTestGateway({ config: CONFIG });
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const login = { sessionId: "s", authChoice: "nope" };

  expect((await client.call("models.authLogin", login)).error.message).toMatch(/no longer available/);
  expect((await client.call("models.authRefresh", { operation: "update" })).payload).toEqual({
    refreshed: true,
  });
  expect((await reader.call("models.authLogin", login)).error.message).toBe("missing scope: operator.admin");
});

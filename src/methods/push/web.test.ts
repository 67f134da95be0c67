import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const ENDPOINT = { endpoint: "https://push.example/1" };
const DEVICE = { ...ENDPOINT, scope: "device", preferences: { enabled: true, label: "" } };

test("[PU1] the public key is a point of P-256, the same for everybody", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using other = await gateway.connect({ scopes: ["operator.write"] });

  const [first, second] = await Promise.all([
    client.call("push.web.vapidPublicKey", {}),
    other.call("push.web.vapidPublicKey", {}),
  ]);

  const point = Buffer.from(String(first.payload["vapidPublicKey"]), "base64url");
  expect([point.length, point[0]]).toEqual([65, 4]);
  expect(second.payload).toEqual(first.payload);
});

test.for([
  [
    "push.web.subscribe",
    { ...ENDPOINT, keys: { p256dh: "p", auth: "a" } },
    "INVALID_REQUEST",
    "paired browser device identity required",
  ],
  ["push.web.unsubscribe", ENDPOINT, "FORBIDDEN", "subscription is not bound to this device"],
  ["push.web.preferences.get", ENDPOINT, "FORBIDDEN", "subscription is not bound to this device"],
  ["push.web.preferences.set", DEVICE, "FORBIDDEN", "subscription is not bound to this device"],
  ["push.web.test", {}, "INVALID_REQUEST", "no web push subscriptions registered"],
  [
    "push.test",
    { nodeId: "n" },
    "INVALID_REQUEST",
    "node n has no APNs registration (connect iOS node first)",
  ],
] as const)("[PU1] %s of who has no device: %s %s", async ([name, params, code, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error).toMatchObject({ code, message });
});

test.for([
  ["push.web.vapidPublicKey", { zzUnknown: 1 }, "operator.write", "at root: unexpected property 'zzUnknown'"],
  ["push.web.preferences.get", {}, "operator.read", "must have required property 'endpoint'"],
  ["push.test", {}, "operator.write", "must have required property 'nodeId'"],
] as const)("[PU1] %s %j is refused, and needs %s", async ([name, params, scope, problem]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using bare = await gateway.connect({ scopes: [] });

  expect((await client.call(name, params)).error.message).toBe(`invalid ${name} params: ${problem}`);
  expect((await bare.call(name, params)).error.message).toBe(`missing scope: ${scope}`);
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[TH1] themes are listed; choosing one is for persons, and an unknown one is unknown to them as well", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const one = await client.call("themes.get", { id: "knot" });
  const nothing = await client.call("themes.set", {});
  const unknown = await client.call("themes.set", { id: "nope" });
  const nobody = await client.call("themes.set", { mode: "dark" });

  expect(one.payload).toMatchObject({ current: { id: "claw", scope: "gateway" }, theme: { id: "knot" } });
  expect(nothing.error.message).toMatch(/^Set a theme id or mode/);
  expect(unknown.error.message).toMatch(/^Theme nope is unavailable/);
  expect(nobody.error.message).toMatch(/^Changing themes requires/);
});

test("[PU1] the push key is made once; nobody can subscribe without a device, so there is nobody to push to", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const [one, two] = await Promise.all([
    client.call("push.web.vapidPublicKey"),
    client.call("push.web.vapidPublicKey"),
  ]);
  const endpoint = "https://push.example/1";
  const subscribed = await client.call("push.web.subscribe", { endpoint, keys: { p256dh: "a", auth: "b" } });

  expect(one.payload).toEqual(two.payload);
  expect(Buffer.from(String(one.payload["vapidPublicKey"]), "base64url")).toHaveLength(65);
  expect(subscribed.error.message).toBe("paired browser device identity required");
  expect((await client.call("push.web.test")).error.message).toBe("no web push subscriptions registered");
  expect((await client.call("push.test", { nodeId: "n" })).error.message).toMatch(/^node n has no APNs/);
});

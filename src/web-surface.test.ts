import { expect, test } from "vitest";
import { TestDevice } from "./testing/device.ts";
import { deviceClient } from "./testing/device-client.ts";
import { openTestGateway } from "./testing/gateway.ts";

test("[HT26] the boot configuration is for the shared secret and for a device's own token", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const device = new TestDevice();
  await using client = await deviceClient(gateway, device, { scopes: ["operator.read"] });
  const statusFor = async (bearer: string) => {
    const headers = { Authorization: `Bearer ${bearer}` };
    const url = `http://127.0.0.1:${gateway.port}/control-ui-config.json`;
    return (await fetch(url, { headers })).status;
  };

  const own = String(client.auth.deviceToken);
  expect([await statusFor(gateway.token), await statusFor(own), await statusFor("guess")]).toEqual([
    200, 200, 401,
  ]);

  await admin.call("device.token.revoke", { deviceId: device.id, role: "operator" });
  expect(await statusFor(own)).toBe(401);
});

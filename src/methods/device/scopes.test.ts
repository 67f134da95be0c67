import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const READ = ["operator.read"];
const REQUEST = "device.scopes.requestUpgrade";

test("[DV9] a device that asks for more is told its new token when a person agreed", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const device = new TestDevice();
  await using client = await deviceClient(gateway, device, { scopes: READ });

  const { requestId } = (await client.call(REQUEST, { scopes: ["operator.admin"] })).payload;
  const again = await client.call(REQUEST, { scopes: ["operator.admin"] });
  const waiting = client.request("device.scopes.waitUpgrade", { requestId });
  const requested = await admin.event("device.pair.requested");
  await admin.call("device.pair.approve", { requestId });
  const { payload } = await client.response(waiting);

  expect(again.payload).toEqual({ requestId });
  const scopes = ["operator.admin", "operator.read", "operator.write"];
  expect(requested.payload).toMatchObject({
    requestId,
    deviceId: device.id,
    scopes,
    silent: false,
    isRepair: true,
  });
  expect(payload).toEqual({ status: "approved", requestId, scopes, deviceToken: expect.any(String) });
  expect(payload.deviceToken).not.toBe(client.auth.deviceToken);
  const { deviceToken } = payload;
  await using wider = await deviceClient(gateway, device, { scopes, auth: { deviceToken } });
  expect(wider.auth.method).toBe("device-token");
});

test("[DV9] a device that asks for more is told when a person refused, also later", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using client = await deviceClient(gateway, new TestDevice(), { scopes: READ });
  const { requestId } = (await client.call(REQUEST, { scopes: ["operator.write"] })).payload;
  const waiting = client.request("device.scopes.waitUpgrade", { requestId });
  await admin.call("device.pair.reject", { requestId });

  expect((await client.response(waiting)).payload).toEqual({ status: "rejected", requestId });
  expect((await client.call("device.scopes.waitUpgrade", { requestId })).payload).toMatchObject({
    status: "rejected",
  });
});

test.for([
  { scopes: ["zzz"], message: "requested scopes contain an unknown operator scope" },
  { scopes: ["operator.zzz"], message: "requested scopes contain an unknown operator scope" },
  {
    scopes: ["operator.approvals"],
    message: "requested scopes must include the connection's current scopes",
  },
])("[DV10] a wish for $scopes is refused", async ({ scopes, message }) => {
  await using gateway = await openTestGateway();
  await using client = await deviceClient(gateway, new TestDevice(), { scopes: READ });

  expect((await client.call(REQUEST, { scopes })).error).toEqual({ code: "INVALID_REQUEST", message });
});

test("[DV10] only the device itself may wait for its upgrade", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using client = await deviceClient(gateway, new TestDevice(), { scopes: READ });
  await using other = await deviceClient(gateway, new TestDevice(), { scopes: READ });
  const { requestId } = (await client.call(REQUEST, { scopes: ["operator.write"] })).payload;

  const stranger = await other.call("device.scopes.waitUpgrade", { requestId });
  const deviceless = await admin.call("device.scopes.waitUpgrade", { requestId });

  expect(stranger.error.message).toBe("scope upgrade expired or not found");
  expect(deviceless.error.details).toMatchObject({ code: "DEVICE_IDENTITY_REQUIRED" });
});

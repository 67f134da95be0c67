import { describe, expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const READ = ["operator.read"];

test("[DV1] a paired device is listed with its tokens, which are told by their dates only", async () => {
  await using gateway = await openTestGateway({ clock: createTestClock() });
  await using admin = await gateway.connect();
  const device = new TestDevice();
  await using client = await deviceClient(gateway, device, { scopes: READ });

  const { payload } = await admin.call("device.pair.list");

  expect(client.auth.deviceToken).toMatch(/^[\w-]{43}$/);
  expect(payload).toEqual({
    pending: [],
    paired: [
      {
        deviceId: device.id,
        publicKey: device.publicKey,
        platform: "linux",
        clientId: "cli",
        clientMode: "cli",
        role: "operator",
        roles: ["operator"],
        scopes: READ,
        approvedVia: "silent",
        createdAtMs: expect.any(Number),
        approvedAtMs: expect.any(Number),
        lastSeenAtMs: expect.any(Number),
        lastSeenReason: "connect",
        connected: true,
        tokens: [{ role: "operator", scopes: READ, createdAtMs: expect.any(Number) }],
      },
    ],
  });
});

describe("[DV2] what is not there", () => {
  test.for([
    { method: "device.pair.approve", params: { requestId: "x" }, message: "unknown requestId" },
    { method: "device.pair.reject", params: { requestId: "x" }, message: "unknown requestId" },
    { method: "device.pair.remove", params: { deviceId: "x" }, message: "unknown deviceId" },
    { method: "device.pair.rename", params: { deviceId: "x", label: "y" }, message: "unknown deviceId" },
    { method: "device.pair.rename", params: { deviceId: "x", label: " " }, message: "label required" },
    {
      method: "device.token.rotate",
      params: { deviceId: "x", role: "operator" },
      message: "device token rotation denied",
    },
    {
      method: "device.token.revoke",
      params: { deviceId: "x", role: "operator" },
      message: "device token revocation denied",
    },
  ])("$method $params: $message", async ({ method, params, message }) => {
    await using gateway = await openTestGateway();
    await using admin = await gateway.connect();

    expect((await admin.call(method, params)).error).toEqual({ code: "INVALID_REQUEST", message });
  });
});

test("[DV3] nobody approves more than they hold; the device and the operators hear of the decision", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using clerk = await gateway.connect({ scopes: ["operator.pairing"] });
  const device = new TestDevice();
  await (await deviceClient(gateway, device, { scopes: READ })).gone();
  const refusal = await deviceClient.refused(gateway, device, { scopes: READ, platform: "win32" });
  const { requestId } = refusal.details;

  const requested = await admin.event("device.pair.requested");
  const denied = await clerk.call("device.pair.approve", { requestId });
  const approved = await admin.call("device.pair.approve", { requestId });
  const resolved = await clerk.event(
    "device.pair.resolved",
    ({ decision, requestId: id }) => decision === "approved" && id === requestId,
  );

  expect(requested.payload).toMatchObject({ requestId, deviceId: device.id, isRepair: true, silent: false });
  expect(denied.error).toEqual({ code: "INVALID_REQUEST", message: "missing scope: operator.read" });
  expect(approved.payload).toMatchObject({ requestId, device: { platform: "win32", approvedVia: "owner" } });
  expect(resolved.payload).toMatchObject({ deviceId: device.id });
});

test("[DV4] a device that is no administrator sees and manages itself", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const scopes = ["operator.pairing"];
  const [own, other] = [new TestDevice(), new TestDevice()];
  const paired = await deviceClient(gateway, own, { scopes });
  const token = paired.auth.deviceToken;
  await paired.gone();
  await (await deviceClient(gateway, other, { scopes: READ })).gone();
  await using client = await deviceClient(gateway, own, { scopes, auth: { deviceToken: token } });

  const { payload } = await client.call("device.pair.list");
  const removed = await client.call("device.pair.remove", { deviceId: other.id });
  const renamed = await client.call("device.pair.rename", { deviceId: own.id, label: " Mine " });
  const rotated = await client.call("device.token.rotate", { deviceId: own.id, role: "operator" });

  expect(payload.paired).toMatchObject([{ deviceId: own.id }]);
  expect(removed.error.message).toBe("device pairing removal denied");
  expect(renamed.payload).toEqual({ deviceId: own.id, label: "Mine" });
  expect(rotated.payload).toMatchObject({
    tokenDelivery: "in-band",
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await client.closed).toEqual({ code: 4001, reason: "device removed" });
  expect((await admin.call("device.pair.list")).payload.paired).toHaveLength(2);
});

test("[DV6] a removed device is sent away and is a stranger again", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const device = new TestDevice();
  await using client = await deviceClient(gateway, device, { scopes: READ });

  expect((await admin.call("device.pair.remove", { deviceId: device.id })).payload).toEqual({
    deviceId: device.id,
  });

  expect(await client.closed).toEqual({ code: 4001, reason: "device removed" });
  expect((await admin.call("device.pair.list")).payload).toEqual({ pending: [], paired: [] });
});

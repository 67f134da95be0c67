import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const URL_OF = { publicUrl: "wss://gw.example.com", includeQr: false };

/** Makes a code, and reads what is in it. */
async function codeOf(gateway: TestGateway, params: object = URL_OF) {
  await using admin = await gateway.connect();
  const { payload } = await admin.call("device.pair.setupCode", params);
  const inside = JSON.parse(Buffer.from(String(payload["setupCode"]), "base64url").toString());
  return { ...payload, ...inside } as Record<"bootstrapToken" | "joinUrl" | "setupId", string>;
}

/** A phone that shows a code. */
function phone(gateway: TestGateway, bootstrapToken: string, device = new TestDevice()) {
  return deviceClient(gateway, device, {
    role: "node",
    client: { id: "openclaw-ios", mode: "node" },
    scopes: [],
    auth: { bootstrapToken },
  });
}

test("[DV11] a phone that shows the code is a node and an operator at once, and the code is used up", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const { bootstrapToken, setupId } = await codeOf(gateway);
  await using node = await phone(gateway, bootstrapToken);
  const status = await admin.call("device.pair.setupStatus", { setupId });
  const { payload } = await admin.call("device.pair.list");

  expect(node.auth).toMatchObject({
    method: "bootstrap-token",
    role: "node",
    deviceTokens: [{ role: "operator", scopes: expect.arrayContaining(["operator.admin"]) }],
  });
  expect(status.payload).toMatchObject({ completion: { setupId, access: "full" } });
  expect(payload["paired"]).toMatchObject([
    { approvedVia: "bootstrap", roles: ["node", "operator"], nodeSurface: {} },
  ]);
  await expect(phone(gateway, bootstrapToken)).rejects.toThrow("setup code invalid");
});

test("[DV12] over a network that others can read, a code opens less, and over a public one there is none", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const ask = (publicUrl: string, more: object = {}) =>
    admin.call("device.pair.setupCode", { publicUrl, includeQr: false, ...more });

  expect((await ask("ws://192.168.1.5:1")).payload).toMatchObject({
    access: "limited",
    accessDowngraded: true,
  });
  expect((await ask("ws://127.0.0.1:1")).payload).toMatchObject({ access: "full" });
  expect((await ask("https://gw.example.com/x/")).payload).toMatchObject({
    gatewayUrl: "wss://gw.example.com/x/",
  });
  expect((await ask("ws://8.8.8.8")).error).toMatchObject({ code: "INVALID_REQUEST" });
  expect((await ask("wss://user:pw@gw.example.com")).error).toMatchObject({
    message: "Configured publicUrl is invalid.",
  });
  expect((await admin.call("device.pair.setupCode", {})).error.message).toContain("only bound to loopback");
});

test("[DV12] a code ends by itself", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  const { bootstrapToken } = await codeOf(gateway);
  clock.advance(POLICY.setupLifetimeMs);

  await expect(phone(gateway, bootstrapToken)).rejects.toThrow("setup code invalid");
});

test("[DV13] a join link hands the code over once", async () => {
  await using gateway = await openTestGateway();
  const { joinUrl } = await codeOf(gateway, {
    publicUrl: `ws://127.0.0.1:${gateway.port}`,
    includeQr: false,
    joinUrl: true,
  });
  const first = await fetch(joinUrl);
  const second = await fetch(joinUrl);

  expect(await first.json()).toMatchObject({ bootstrapToken: expect.any(String) });
  expect([second.status, await second.text()]).toEqual([404, '{"error":"not_found"}']);
});

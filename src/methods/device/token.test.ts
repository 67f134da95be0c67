import { describe, expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const READ = ["operator.read"];

describe("[DV5] a token that is no longer good", () => {
  test.for(["rotate", "revoke"])("%s makes the token void and ends what it opened", async (action) => {
    await using gateway = await openTestGateway();
    await using admin = await gateway.connect();
    const device = new TestDevice();
    await using client = await deviceClient(gateway, device, { scopes: READ });
    const { deviceToken } = client.auth;

    const answer = await admin.call(`device.token.${action}`, { deviceId: device.id, role: "operator" });

    expect(answer.ok).toBe(true);
    expect(answer.payload).not.toHaveProperty("token");
    expect(await client.closed).toEqual({ code: 4001, reason: "device removed" });
    const refusal = await deviceClient.refused(gateway, device, { scopes: READ, auth: { deviceToken } });
    expect(refusal.details.code).toBe("AUTH_DEVICE_TOKEN_MISMATCH");
  });
});

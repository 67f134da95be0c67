import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const expected = { generation: 0, environmentId: "e", ownerEpoch: 1 };

test("[SE27] a session that the gateway works in itself has nowhere to move from", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  const target = { kind: "gateway" };

  const local = await client.call("sessions.move", { key: "a", expected, target });
  const missing = await client.call("sessions.move", { key: "none", expected, target });
  const abandoned = await client.call("sessions.move", {
    key: "a",
    expected,
    target: { kind: "device", deviceId: "d" },
    abandonSource: true,
  });

  expect(local.error.message).toBe("session cannot move from placement local");
  expect(missing.error.message).toBe("session not found: none");
  expect(abandoned.error.message).toContain("invalid sessions.move params: at /target");
});

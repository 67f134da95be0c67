import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP8] the machine tells its name, its size and which process answers", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const info = await reader.call("system.info", {});

  expect(info.payload).toMatchObject({ pid: process.pid, port: gateway.port, diskPath: gateway.stateDir });
  expect(info.payload["memoryTotalBytes"]).toBeGreaterThan(0);
});

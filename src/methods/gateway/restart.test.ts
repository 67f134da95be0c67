import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP2] a gateway at rest can be restarted without cutting anything off", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const preflight = await reader.call("gateway.restart.preflight");

  expect(preflight.payload).toMatchObject({ safe: true, blockers: [], counts: { totalActive: 0 } });
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP15] a suspended gateway is handed off by who suspended it, in the very process that was meant", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { pid, processInstanceId } = (await client.call("system.info", {})).payload;
  const handoff = (suspensionId: unknown, target: unknown) =>
    client.call("gateway.suspend.handoff", { suspensionId, target });

  const unsuspended = await handoff("x", { pid, processInstanceId });
  const stranger = await handoff("x", { pid, processInstanceId: "z" });
  const { payload } = await client.call("gateway.suspend.prepare", { requestId: "r" });
  const armed = await handoff(payload["suspensionId"], { pid, processInstanceId });

  expect(unsuspended.error.message).toBe("gateway suspension id does not match");
  expect(stranger.error.message).toBe("gateway process changed after preflight");
  expect(armed.payload).toMatchObject({ status: "armed", suspensionId: payload["suspensionId"] });
});

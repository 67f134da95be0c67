import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { nodeClient } from "../../testing/node-client.ts";

test("[ND9] a node host is told which request to approve while it publishes its inventory", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using node = await nodeClient(gateway, new TestDevice());
  const { payload } = await admin.event("node.pair.requested");
  const inventory = { protocolFeatures: ["f"], workerHost: { enabled: false } };

  const early = await node.call("node.runnerInventory.update", inventory);
  const broken = await node.call("node.runnerInventory.update", {});
  await admin.call("node.pair.approve", { requestId: payload.requestId });
  const taken = await node.call("node.runnerInventory.update", inventory);

  expect(early.error).toEqual({
    code: "UNAVAILABLE",
    message: `node capability surface is awaiting operator approval; run \`openclaw nodes approve ${payload.requestId}\` (see \`openclaw nodes pending\`), then this node retries automatically`,
  });
  expect(broken.error).toEqual({ code: "INVALID_REQUEST", message: "invalid node runner inventory" });
  expect(taken.payload).toEqual({ nodeId: payload.nodeId });
});

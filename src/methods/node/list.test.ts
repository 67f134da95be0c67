import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode, nodeClient } from "../../testing/node-client.ts";

test("[ND1] what waits for approval is shown to those who may approve", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using node = await nodeClient(gateway, new TestDevice());
  const { payload } = await admin.event("node.pair.requested");
  const { requestId, nodeId } = payload;

  const [own] = (await admin.call("node.list")).payload.nodes as Record<string, unknown>[];
  const [theirs] = (await reader.call("node.list")).payload.nodes as Record<string, unknown>[];

  expect(node.auth.role).toBe("node");
  expect(own).toMatchObject({ nodeId, pendingRequestId: requestId, pendingDeclaredCaps: ["system"] });
  expect(theirs).toMatchObject({ nodeId, approvalState: "pending-approval" });
  expect(theirs).not.toHaveProperty("pendingRequestId");
});

test("[ND1] the operator's own name for a node is kept", async () => {
  await using gateway = await openTestGateway();
  const { admin, nodeId } = await approvedNode(gateway);

  expect((await admin.call("node.rename", { nodeId, displayName: " Nice " })).payload).toEqual({
    nodeId,
    displayName: "Nice",
  });
  expect((await admin.call("node.describe", { nodeId })).payload.displayName).toBe("Nice");
  expect((await admin.call("node.describe", { nodeId: "x" })).error.message).toBe("unknown nodeId");
});

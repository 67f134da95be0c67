import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode } from "../../testing/node-client.ts";

test("[ND8] work waits for a node and is handed out once", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);
  const queued = await admin.call("node.pending.enqueue", { nodeId, type: "status.request" });
  const first = await node.call("node.pending.drain");
  const second = await node.call("node.pending.drain");

  expect(queued.payload).toMatchObject({
    nodeId,
    revision: 1,
    wakeTriggered: false,
    queued: { priority: "normal" },
  });
  expect(first.payload).toMatchObject({
    nodeId,
    revision: 2,
    hasMore: false,
    items: [queued.payload.queued],
  });
  expect(second.payload).toMatchObject({
    revision: 0,
    items: [{ id: "baseline-status", expiresAtMs: null }],
  });
});

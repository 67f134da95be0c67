import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode } from "../../testing/node-client.ts";

const STATS = { cpuCount: 4, loadAverage: [1, 0.5, 0], memoryTotalBytes: 100, memoryFreeBytes: 40 };

test("[ND10] the resources of a node are kept, told to readers and shown while it is away", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);
  const taken = await node.call("node.event", { event: "node.host.stats", payload: STATS });
  const told = await admin.event("node.hostStats");
  await node.gone();
  const { payload } = await admin.call("node.describe", { nodeId });

  expect(taken.payload).toEqual({ ok: true, event: "node.host.stats", handled: true, reason: "updated" });
  expect(told.payload).toMatchObject({ nodeId, hostStats: STATS });
  expect(payload).toMatchObject({ connected: false, hostStats: STATS });
});

test.for([
  { ...STATS, cpuCount: 0 },
  { ...STATS, memoryFreeBytes: 101 },
  { ...STATS, diskTotalBytes: 5 },
  { ...STATS, loadAverage: [1, 2] },
  { ...STATS, updatedAtMs: 1 },
  { cpu: 1 },
])("[ND10] %j is no report of resources", async (payload) => {
  await using gateway = await openTestGateway();
  const { node } = await approvedNode(gateway);
  const answer = await node.call("node.event", { event: "node.host.stats", payload });
  expect(answer.payload).toMatchObject({ handled: false, reason: "invalid_payload" });
});

test("[ND10] a sign of life is written down once a minute", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  const { admin, node, nodeId } = await approvedNode(gateway);
  const alive = async () =>
    (await node.call("node.event", { event: "node.presence.alive", payload: { trigger: "manual" } })).payload[
      "reason"
    ];
  const reasons = [await alive(), await alive()];
  clock.advance(POLICY.nodeAliveIntervalMs);
  reasons.push(await alive());

  expect(reasons).toEqual(["persisted", "throttled", "persisted"]);
  expect((await admin.call("node.describe", { nodeId })).payload).toMatchObject({ lastSeenReason: "manual" });
  expect((await node.call("node.event", { event: "bogus" })).payload).toMatchObject({
    handled: false,
    reason: "unsupported_event",
  });
});

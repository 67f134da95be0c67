import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode, COMMANDS, nodeClient } from "../../testing/node-client.ts";

test("[ND1] a new node may do nothing until its surface is approved, and then what its system may be asked for", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const device = new TestDevice();
  await using node = await nodeClient(gateway, device);
  const requested = await admin.event("node.pair.requested");
  const nodeId = device.id;
  const before = await admin.call("node.list");
  const early = await admin.call("node.invoke", { nodeId, command: "system.which", idempotencyKey: "k" });
  const stats = await node.call("node.event", { event: "node.host.stats", payload: {} });
  expect((await node.call("health")).payload).toMatchObject({ ok: true });
  expect((await node.call("node.list")).error.message).toBe("unauthorized role: node");

  expect(requested.payload).toMatchObject({
    nodeId,
    displayName: "box",
    platform: "linux",
    deviceFamily: "Linux",
    commands: ["system.run", "system.which"],
    requiredApproveScopes: ["operator.pairing", "operator.admin"],
    silent: true,
  });
  expect(before.payload.nodes).toMatchObject([
    { nodeId, commands: [], caps: [], approvalState: "pending-approval", connected: true, paired: true },
  ]);
  for (const answer of [early, stats]) {
    expect(answer.error).toEqual({
      code: "UNAVAILABLE",
      message: "node pairing changed while invocation was active",
      details: { code: "PAIRING_CHANGED" },
      retryable: true,
    });
  }

  const { requestId } = requested.payload;
  expect((await admin.call("node.pair.approve", { requestId })).payload).toMatchObject({
    requestId,
    node: { nodeId },
  });
  const resolved = await node.event("node.pair.resolved");
  expect(resolved.payload).toMatchObject({ requestId, nodeId, decision: "approved" });
  expect((await admin.call("node.describe", { nodeId })).payload).toMatchObject({
    commands: ["system.run", "system.which"],
    caps: ["system"],
    approvalState: "approved",
    pathEnv: "/bin",
    permissions: { "screen.record": true },
  });
});

test("[ND5] approving takes the scopes of what is approved, relaying those of what is relayed", async () => {
  await using gateway = await openTestGateway();
  await using clerk = await gateway.connect({ scopes: ["operator.pairing", "operator.write"] });
  await using _node = await nodeClient(gateway, new TestDevice());
  const { payload } = await clerk.event("node.pair.requested");

  const answer = await clerk.call("node.pair.approve", { requestId: payload.requestId });
  const relay = await clerk.call("node.invoke", { nodeId: "x", command: "fs.listDir", idempotencyKey: "k" });

  expect(answer.error).toEqual({
    code: "FORBIDDEN",
    message: "missing scope: operator.admin",
    details: {
      code: "MISSING_SCOPE",
      missingScope: "operator.admin",
      requiredScopes: ["operator.pairing", "operator.admin"],
    },
  });
  expect(relay.error.message).toBe("missing scope: operator.admin");
});

test("[ND6] a node that comes back with less does less, with more it asks again", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, device, nodeId } = await approvedNode(gateway);
  await node.gone();
  const less = await nodeClient(gateway, device, ["system.which"]);
  expect((await admin.call("node.describe", { nodeId })).payload.commands).toEqual(["system.which"]);
  await less.gone();
  await using _more = await nodeClient(gateway, device, [...COMMANDS, "fs.listDir"]);

  const again = await admin.event("node.pair.requested", ({ commands }) =>
    (commands as string[]).includes("fs.listDir"),
  );
  const { commands, approvalState } = (await admin.call("node.describe", { nodeId })).payload;
  expect(commands).toEqual(["system.run", "system.which"]);
  expect(approvalState).toBe("pending-reapproval");
  const { requestId } = again.payload;
  expect((await admin.call("node.pair.reject", { requestId })).payload).toEqual({ requestId, nodeId });
});

test("[ND7] a removed node is sent away and forgotten", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);

  expect((await admin.call("node.pair.remove", { nodeId })).payload).toEqual({ nodeId });

  expect(await node.closed).toEqual({ code: 4001, reason: "device removed" });
  expect(
    (await admin.event("node.pair.resolved", ({ decision }) => decision === "removed")).payload.nodeId,
  ).toBe(nodeId);
  expect((await admin.call("node.list")).payload.nodes).toEqual([]);
});

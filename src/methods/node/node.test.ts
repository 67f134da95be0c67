import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const COMMANDS = ["system.run", "system.which", "camera.snap", "custom.cmd"];

function nodeClient(gateway: TestGateway, device: TestDevice, commands = COMMANDS) {
  return deviceClient(gateway, device, {
    role: "node",
    scopes: [],
    client: { id: "node-host", mode: "node", displayName: "box" },
    params: { caps: ["system"], commands, pathEnv: "/bin", permissions: { "screen.record": true } },
  });
}

/** A gateway with an administrator and a node whose surface was approved. */
async function approved(gateway: TestGateway) {
  const admin = await gateway.connect();
  const device = new TestDevice();
  const node = await nodeClient(gateway, device);
  const { payload } = await admin.event("node.pair.requested");
  await admin.call("node.pair.approve", { requestId: payload.requestId });
  return { admin, node, device, nodeId: device.id };
}

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

test("[ND2] a command goes to the node and its answer comes back", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approved(gateway);
  const id = admin.request("node.invoke", {
    nodeId,
    command: "system.which",
    params: { bins: ["ls"] },
    timeoutMs: 9_000,
    idempotencyKey: "k1",
  });
  const asked = await node.event("node.invoke.request");
  const foreign = await node.call("node.invoke.result", { id: asked.payload.id, nodeId: "other", ok: true });
  const payloadJSON = '{"bins":{"ls":"/bin/ls"}}';
  const taken = await node.call("node.invoke.result", {
    id: asked.payload.id,
    nodeId,
    ok: true,
    payloadJSON,
  });
  const late = await node.call("node.invoke.result", { id: asked.payload.id, nodeId, ok: true });

  // What is said to one node stands outside the numbers of its connection.
  expect(asked).not.toHaveProperty("seq");
  expect(asked.payload).toEqual({
    id: expect.any(String),
    nodeId,
    command: "system.which",
    paramsJSON: '{"bins":["ls"]}',
    timeoutMs: 9_000,
    idempotencyKey: "k1",
  });
  expect(foreign.error.message).toBe("nodeId mismatch");
  expect([taken.payload, late.payload]).toEqual([{ ok: true }, { ok: true, ignored: true }]);
  expect((await admin.response(id)).payload).toEqual({
    ok: true,
    nodeId,
    command: "system.which",
    payload: { bins: { ls: "/bin/ls" } },
    payloadJSON,
  });
});

test.for([
  {
    result: { ok: false, error: { code: "BOOM", message: "it broke" } },
    code: "UNAVAILABLE",
    message: "BOOM: it broke",
  },
  { result: { ok: false }, code: "UNAVAILABLE", message: "node invoke failed" },
  {
    result: { ok: false, error: { code: "INVALID_REQUEST", message: "no such path" } },
    code: "INVALID_REQUEST",
    message: "no such path",
  },
])("[ND3] a node that fails is quoted: $result", async ({ result, code, message }) => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approved(gateway);
  const id = admin.request("node.invoke", { nodeId, command: "system.which", idempotencyKey: "k" });
  const { payload } = await node.event("node.invoke.request");
  await node.call("node.invoke.result", { id: payload.id, nodeId, ...result });

  const { error } = await admin.response(id);
  expect(error).toMatchObject({ code, message, details: { nodeCommandDispatched: true } });
  expect(error).not.toHaveProperty("retryable");
});

test("[ND3] a node that says nothing is given up at the deadline", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  const { admin, node, nodeId } = await approved(gateway);
  const id = admin.request("node.invoke", {
    nodeId,
    command: "system.which",
    timeoutMs: 50,
    idempotencyKey: "k",
  });
  await node.event("node.invoke.request");
  clock.advance(50);

  expect((await admin.response(id)).error.message).toBe("TIMEOUT: node invoke timed out");
});

test.for([
  { command: "custom.cmd", reason: '"custom.cmd" is not in the allowlist for platform "linux"' },
  { command: "camera.snap", reason: '"camera.snap" requires explicit gateway.nodes.commands.allow opt-in' },
])("[ND4] $command is not relayed", async ({ command, reason }) => {
  await using gateway = await openTestGateway();
  const { admin, nodeId } = await approved(gateway);

  expect((await admin.call("node.invoke", { nodeId, command, idempotencyKey: "k" })).error).toEqual({
    code: "INVALID_REQUEST",
    message: `node command not allowed: ${reason}`,
    details: { reason: "command not allowlisted", command },
  });
});

test("[ND4] what a system may be asked for is the operator's to change", async () => {
  const commands = { allow: ["custom.cmd"], deny: ["system.run"] };
  await using gateway = await openTestGateway({ config: { gateway: { nodes: { commands } } } });
  const { admin, nodeId } = await approved(gateway);

  expect((await admin.call("node.describe", { nodeId })).payload.commands).toEqual([
    "custom.cmd",
    "system.which",
  ]);
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
  const { admin, node, device, nodeId } = await approved(gateway);
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
  const { admin, node, nodeId } = await approved(gateway);

  expect((await admin.call("node.pair.remove", { nodeId })).payload).toEqual({ nodeId });

  expect(await node.closed).toEqual({ code: 4001, reason: "device removed" });
  expect(
    (await admin.event("node.pair.resolved", ({ decision }) => decision === "removed")).payload.nodeId,
  ).toBe(nodeId);
  expect((await admin.call("node.list")).payload.nodes).toEqual([]);
});

test("[ND8] work waits for a node and is handed out once", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approved(gateway);
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
  expect(second.payload).toMatchObject({ revision: 2, items: [] });
});

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

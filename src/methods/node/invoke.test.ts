import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode } from "../../testing/node-client.ts";

test("[ND2] a command goes to the node and its answer comes back", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);
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
    code: "UNAVAILABLE",
    message: "INVALID_REQUEST: no such path",
  },
])("[ND3] a node that fails is quoted: $result", async ({ result, code, message }) => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);
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
  const { admin, node, nodeId } = await approvedNode(gateway);
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
  const { admin, nodeId } = await approvedNode(gateway);

  expect((await admin.call("node.invoke", { nodeId, command, idempotencyKey: "k" })).error).toEqual({
    code: "INVALID_REQUEST",
    message: `node command not allowed: ${reason}`,
    details: { reason: "command not allowlisted", command },
  });
});

test("[ND4] what a system may be asked for is the operator's to change", async () => {
  const commands = { allow: ["custom.cmd"], deny: ["system.run"] };
  await using gateway = await openTestGateway({ config: { gateway: { nodes: { commands } } } });
  const { admin, nodeId } = await approvedNode(gateway);

  expect((await admin.call("node.describe", { nodeId })).payload.commands).toEqual([
    "custom.cmd",
    "system.which",
  ]);
});

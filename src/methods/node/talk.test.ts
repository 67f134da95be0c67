import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";
import { approvedNode } from "../../testing/node-client.ts";

type Frame = Record<string, unknown>;

const report = (event: string, payload: Frame) => ({ event, payload });

test("[ND12] what is said to a node becomes a turn of an agent, in the session it names or in its own", async () => {
  await using gateway = await openTestGateway();
  const { admin, node, nodeId } = await approvedNode(gateway);
  const ended = (sessionKey: string) =>
    admin.event("agent", (payload) => {
      const { phase } = payload["data"] as Frame;
      return payload["sessionKey"] === sessionKey && payload["stream"] === "lifecycle" && phase === "end";
    });
  const answer = await node.call(
    "node.event",
    report("agent.request", { message: "hello from node", sessionKey: "agent:main:nodechat" }),
  );
  await ended("agent:main:nodechat");
  await node.call("node.event", report("agent.request", { message: "no key" }));
  await ended(`agent:main:node-${nodeId}`);
  await node.call("node.event", report("agent.request", { message: "  ", sessionKey: "agent:main:silent" }));

  expect(answer.payload).toEqual({ ok: true });
  const { payload } = await admin.call("chat.history", { sessionKey: "agent:main:nodechat" });
  expect(payload["messages"]).toMatchObject([
    { role: "user", content: "hello from node" },
    { role: "assistant" },
  ]);
  const list = await admin.call("sessions.list", {});
  const keys = (list.payload["sessions"] as Frame[]).map(({ key }) => key);
  expect(keys.toSorted()).toEqual([`agent:main:node-${nodeId}`, "agent:main:nodechat"]);
});

test("[ND12] a node that follows a chat hears it outside of the numbers, until it no longer does", async () => {
  await using gateway = await openTestGateway();
  const { admin, node } = await approvedNode(gateway);
  const turn = async (idempotencyKey: string) => {
    await admin.call("chat.send", { sessionKey: "agent:main:followed", message: "hi", idempotencyKey });
    await admin.event(
      "chat",
      (payload) => payload["runId"] === idempotencyKey && payload["state"] === "final",
    );
  };
  await node.call("node.event", report("chat.subscribe", { sessionKey: "agent:main:followed" }));
  await turn("one");
  const final = await node.event("chat", (payload) => payload["state"] === "final");
  await node.call("node.event", report("chat.unsubscribe", { sessionKey: "agent:main:followed" }));
  await turn("two");
  // It answers, so whatever it was told before has come.
  await node.call("node.pending.pull", {});

  expect(final.payload).toMatchObject({ runId: "one", sessionKey: "agent:main:followed" });
  expect(final.seq).toBeUndefined();
  expect(node.events.filter(({ payload }) => JSON.stringify(payload).includes(`"two"`))).toEqual([]);
});

test("[ND13] a command is named for the node, and how it ended is taken once", async () => {
  await using gateway = await openTestGateway({
    config: { gateway: { nodes: { commands: { allow: ["system.run"] } } } },
  });
  const { admin, node, nodeId } = await approvedNode(gateway);
  admin.request("node.invoke", {
    nodeId,
    command: "system.run",
    params: { command: ["ls"] },
    idempotencyKey: "r",
  });
  const asked = await node.event("node.invoke.request");
  const { runId } = JSON.parse(String(asked.payload["paramsJSON"])) as Frame;
  const said = async (event: string) =>
    (await node.call("node.event", report(event, { runId, sessionKey: "agent:main:main" }))).payload;

  expect(await said("exec.started")).toEqual({ ok: true });
  expect(await said("exec.finished")).toEqual({ ok: true });
  expect(await said("exec.finished")).toMatchObject({ handled: false, reason: "unmatched_exec_event" });
});

test.for([
  ["system.run", '"system.run" is not in the allowlist for platform "linux"'],
  ["browser.proxy", '"browser.proxy" is not in the allowlist for platform "linux"'],
  ["talk.ptt.start", '"talk.ptt.start" requires a trusted Talk-capable node'],
  ["location.get", 'the node (platform: linux) does not support "location.get"'],
])("[ND14] %s, which the node does not offer, is refused: %s", async ([command, reason]) => {
  await using gateway = await openTestGateway();
  const { admin, nodeId } = await approvedNode(gateway, ["system.notify"]);
  const { error } = await admin.call("node.invoke", { nodeId, command, idempotencyKey: "x" });
  expect(error).toMatchObject({ code: "INVALID_REQUEST", message: `node command not allowed: ${reason}` });
});

test("[ND14] commands with a way of their own are not relayed, whichever node is meant", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const refusal = async (command: string) =>
    (await admin.call("node.invoke", { nodeId: "zz", command, idempotencyKey: command })).error.message;
  expect(await refusal("system.execApprovals.get")).toBe(
    "node.invoke does not allow system.execApprovals.*; use exec.approvals.node.*",
  );
  expect(await refusal("agent.cli.claude.run.v1")).toBe(
    "node.invoke does not allow Claude agent runs; use sessions.catalog.continue",
  );
});

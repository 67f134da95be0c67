import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const REVIEWER = { caps: ["exec-approvals"] };

test("[AP1] a command that waits is shown to its reviewer, and its decision to who waits for it", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);
  asker.request("exec.approval.request", { id: "one", command: "ls -l", host: "gateway" });
  await reviewer.event("exec.approval.requested");

  const shown = await reviewer.call("exec.approval.get", { id: "one" });
  const waiting = asker.request("exec.approval.waitDecision", { id: "one" });
  await reviewer.call("exec.approval.resolve", { id: "one", decision: "deny" });

  expect(shown.payload).toMatchObject({
    id: "one",
    commandText: "ls -l",
    host: "gateway",
    nodeId: null,
    allowedDecisions: ["allow-once", "allow-always", "deny"],
  });
  expect((await asker.response(waiting)).payload).toMatchObject({ id: "one", decision: "deny" });
  expect((await reviewer.call("exec.approval.list")).payload).toEqual([]);
});

test.for([
  ["exec.approval.get", {}, "invalid exec.approval.get params: must have required property 'id'"],
  ["exec.approval.get", { id: "x" }, "unknown or expired approval id"],
  ["exec.approval.request", {}, "command is required"],
  ["exec.approval.waitDecision", {}, "id is required"],
  ["exec.approval.waitDecision", { id: "x" }, "approval expired or not found"],
  ["exec.approval.resolve", { id: "x", decision: "deny" }, "unknown or expired approval id"],
] as const)("[AP4] %s %j is refused: nothing of that name waits", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error).toMatchObject({ code: "INVALID_REQUEST", message });
});

test.for([
  "get",
  "list",
  "request",
  "waitDecision",
  "resolve",
])("[AP5] exec.approval.%s is for operator.approvals", async (name) => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const answer = await reader.call(`exec.approval.${name}`, {});

  expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.approvals" });
});

test("[AP20] who follows a session's approvals is told what waits there, what comes and how it ends", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect({ caps: ["approvals"] });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const follow = { key: "agent:main:main", includeApprovals: true };

  const before = (await asker.call("sessions.messages.subscribe", follow)).payload;
  const command = { id: "one", command: "uname", host: "gateway", sessionKey: "agent:main:main" };
  asker.request("exec.approval.request", command);
  const pending = (await asker.event("session.approval")).payload;
  const replay = (await reviewer.call("sessions.messages.subscribe", follow)).payload["approvalReplay"];
  await reviewer.call("exec.approval.resolve", { id: "one", decision: "allow-once" });
  const ended = (await asker.event("session.approval", (payload) => payload["phase"] === "terminal")).payload;

  expect(before["approvalReplay"]).toMatchObject({
    sessionKey: "agent:main:main",
    approvals: [],
    truncated: false,
  });
  expect(pending).toMatchObject({ phase: "pending", approval: { id: "one", status: "pending" } });
  expect(replay).toMatchObject({ approvals: [{ id: "one", sourceSessionKey: "agent:main:main" }] });
  expect(ended).toMatchObject({ approval: { status: "allowed", decision: "allow-once", reason: "user" } });
  expect(ended["approval"]).not.toHaveProperty("resolver");
  expect((await reader.call("sessions.messages.subscribe", follow)).error.message).toMatch(
    /^sessions\.messages\.subscribe includeApprovals requires a paired device/,
  );
});

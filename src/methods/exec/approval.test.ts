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

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const ACT = { pluginId: "mail", title: "Send it", description: "To everybody" };

test("[AP1] an act of a plugin waits for its reviewer, in two answers when it asked for two", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect({ caps: ["plugin-approvals"] });

  const request = asker.request("plugin.approval.request", { ...ACT, twoPhase: true });
  const accepted = await asker.response(request);
  const requested = await reviewer.event("plugin.approval.requested");
  const id = requested.payload["id"];
  const listed = await reviewer.call("plugin.approval.list");
  const waiting = asker.request("plugin.approval.waitDecision", { id });
  await reviewer.call("plugin.approval.resolve", { id, decision: "allow-once" });

  expect(accepted.payload).toMatchObject({ status: "accepted", id });
  expect(requested.payload).toMatchObject({ approvalKind: "plugin", request: ACT });
  expect(listed.payload).toMatchObject([{ id }]);
  expect((await asker.response(request, 2)).payload).toMatchObject({ id, decision: "allow-once" });
  expect((await asker.response(waiting)).payload).toMatchObject({ id, decision: "allow-once" });
});

test("[AP2] an act that nobody can see is denied at once, with the one answer", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using _ofCommands = await gateway.connect({ caps: ["exec-approvals"] });

  const answer = await asker.call("plugin.approval.request", { ...ACT, twoPhase: true });

  expect(answer.payload).toMatchObject({ decision: null });
});

test.for([
  [
    "request",
    { title: "T" },
    "invalid plugin.approval.request params: must have required property 'description'",
  ],
  ["waitDecision", {}, "id is required"],
  ["resolve", { id: "x", decision: "deny" }, "unknown or expired approval id"],
] as const)("[AP4] plugin.approval.%s %j is refused", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call(`plugin.approval.${name}`, params);

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message });
});

test("[AP5] acts of plugins are for operator.approvals", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  expect((await reader.call("plugin.approval.list")).error.message).toBe("missing scope: operator.approvals");
});

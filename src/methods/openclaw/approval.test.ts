import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[AP19] no setup agent asks for anything, also while a command waits", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect({ caps: ["approvals"] });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  asker.request("exec.approval.request", { id: "one", command: "ls" });
  await reviewer.event("exec.approval.requested");

  const list = await reviewer.call("openclaw.approval.list");
  const refused = await reader.call("openclaw.approval.list");

  expect(list.payload).toEqual([]);
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.approvals" });
});

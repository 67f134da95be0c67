import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[AP19] no automation has a standing grant, and there is none to take back", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.approvals"] });

  const list = await client.call("exec.approval.grants.list", {});
  const revoked = await client.call("exec.approval.grants.revoke", { grantId: "g" });
  const unnamed = await client.call("exec.approval.grants.revoke", {});

  expect(list.payload).toEqual({ grants: [] });
  expect(revoked.payload).toEqual({ outcome: "not-found" });
  expect(unnamed.error.message).toBe(
    "invalid exec.approval.grants.revoke params: must have required property 'grantId'",
  );
});

test("[AP19] who may not decide may not look at the grants", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const list = await reader.call("exec.approval.grants.list", {});

  expect(list.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.approvals" });
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[AP9] the exec policy is written by who saw what is there, and by nobody else", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { hash } = (await client.call("exec.approvals.get")).payload;
  const file = {
    version: 1,
    defaults: { security: "allowlist", ask: "sometimes" },
    agents: { default: { allowlist: [{ pattern: "/usr/bin/uname" }, { pattern: " " }] } },
  };

  const blind = await client.call("exec.approvals.set", { file });
  const [one, two] = await Promise.all([
    client.call("exec.approvals.set", { file, baseHash: hash }),
    client.call("exec.approvals.set", { file, baseHash: hash }),
  ]);

  expect(blind.error.message).toMatch(/^exec approvals base hash required/);
  expect([one.ok, two.ok]).toEqual([true, false]);
  expect(two.error.message).toMatch(/^exec approvals changed since last load/);
  expect(one.payload).toMatchObject({
    file: {
      defaults: { security: "allowlist" },
      agents: { main: { allowlist: [{ pattern: "/usr/bin/uname", id: expect.any(String) }] } },
    },
    resolvedDefaults: { security: "allowlist", ask: "off", askFallback: "deny" },
  });
  expect((await client.call("exec.approvals.get")).payload).toEqual(one.payload);
});

test("[AP10] the policy of a node that is not there cannot be asked for; nothing was granted to automations", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const node = await client.call("exec.approvals.node.get", { nodeId: "nope" });

  expect(node.error).toMatchObject({
    code: "UNAVAILABLE",
    message: "NOT_CONNECTED: node not connected",
    details: { nodeCommandDispatched: false },
  });
  expect((await client.call("exec.approval.grants.list")).payload).toEqual({ grants: [] });
  const revoked = await client.call("exec.approval.grants.revoke", { grantId: "x" });
  expect(revoked.payload).toEqual({ outcome: "not-found" });
});

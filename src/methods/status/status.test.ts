import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[HE1] status tells admins where sessions are, and readers that it does not", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const [all, some] = [await admin.call("status"), await reader.call("status")];

  expect(all.payload).toMatchObject({
    runtimeVersion: "2026.9.6",
    pid: process.pid,
    heartbeat: { defaultAgentId: "main", agents: [{ agentId: "main", every: "30m", everyMs: 1_800_000 }] },
    sessions: {
      paths: [expect.stringContaining(gateway.stateDir)],
      count: 0,
      byAgent: [{ agentId: "main" }],
    },
  });
  expect(some.payload).toMatchObject({
    sessions: {
      paths: [],
      defaults: { model: null, contextTokens: null },
      byAgent: [{ path: "[redacted]" }],
    },
  });
  expect(JSON.stringify(some.payload)).not.toContain(gateway.stateDir);
});

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

test("[HE1] the command line is told what it would otherwise read from a configuration of its own", async () => {
  await using gateway = await openTestGateway();
  await using connection = await gateway.connect();

  const [plain, asked, other] = [
    await connection.call("status"),
    await connection.call("status", { includeChannelSummary: false, includeCliProjection: true }),
    await connection.call("status", { includeCliProjection: "yes" }),
  ];

  expect(plain.payload).not.toHaveProperty("cliProjection");
  expect(other.payload).not.toHaveProperty("cliProjection");
  expect(asked.payload).toMatchObject({
    cliProjection: {
      agents: { defaultId: "main", ownership: "sole", selectionRequired: false, rows: [{ id: "main" }] },
      updateChannel: null,
      memoryPlugin: { enabled: true, slot: "memory-core" },
    },
  });
});

test("[HE1] status counts the tasks there were, and shows what waits to be told to the agent", async () => {
  await using gateway = await openTestGateway();
  await using connection = await gateway.connect();
  await connection.call("agent", { message: "hi", agentId: "main", idempotencyKey: "status-run" });
  await connection.call("agent.wait", { runId: "status-run" });
  await connection.call("wake", { mode: "next-heartbeat", text: "mind the kettle" });

  const { payload } = await connection.call("status");

  expect(payload).toMatchObject({
    tasks: { total: 1, active: 0, terminal: 1, byRuntime: { cli: 1, cron: 0 } },
    queuedSystemEvents: ["mind the kettle"],
  });
});

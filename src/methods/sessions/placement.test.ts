import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const key = "a";

test.for([
  ["sessions.recover", { key }, "Session recovery requires a restart-tombstoned session."],
  [
    "sessions.dispatch",
    { key },
    "sessions.dispatch requires a session-owned worktree or repository workspace",
  ],
  [
    "sessions.reclaim",
    { key },
    "sessions.reclaim requires the session-owned worktree or repository workspace",
  ],
  [
    "sessions.pluginPatch",
    { key, pluginId: "x", namespace: "y", value: 1 },
    "unknown plugin session extension: x/y",
  ],
  ["sessions.storage.run", {}, "Transcript cold storage is disabled"],
  [
    "sessions.assignOwner",
    { key, owner: { type: "agent", id: "main" } },
    "sessions.assignOwner requires an identified caller",
  ],
] as const)("[SE27] %s says what it lacks", async ([method, params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key });

  expect((await client.call(method, params)).error.message).toBe(text);
});

test("[SE27] the storage counts the sessions of each agent", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a" });
  await client.call("sessions.create", { key: "b" });

  const { payload } = await client.call("sessions.storage.status", {});

  expect(payload["agents"]).toMatchObject([{ agentId: "main", hotTranscripts: 2, coldTranscripts: 0 }]);
});

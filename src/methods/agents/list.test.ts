import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[AG11] the roster of a fresh gateway is its one agent, with its model and how it may think", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const { payload } = await reader.call("agents.list", {});

  expect(payload).toMatchObject({
    defaultId: "main",
    mainKey: "main",
    scope: "per-sender",
    agents: [{ id: "main", model: { primary: "offline/echo" }, defaultPermissionMode: "full" }],
  });
  const [agent] = payload["agents"] as { thinkingLevels: { id: string }[]; thinkingOptions: string[] }[];
  expect(agent?.thinkingOptions).toEqual(agent?.thinkingLevels.map(({ id }) => id));
});

test("[AG11] a workspace that is a repository is shown as one", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const isRepository = async () => {
    const { payload } = await client.call("agents.list", {});
    const [agent] = payload["agents"] as { workspace: string; workspaceGit: boolean }[];
    return agent;
  };

  const before = await isRepository();
  await mkdir(path.join(String(before?.workspace), ".git"), { recursive: true });
  const after = await isRepository();

  expect([before?.workspaceGit, after?.workspaceGit]).toEqual([false, true]);
});

test("[AG11] the roster takes no params and wants operator.read", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using bare = await gateway.connect({ scopes: [] });

  const odd = await client.call("agents.list", { zzUnknown: 1 });
  const refused = await bare.call("agents.list", {});

  expect(odd.error.message).toBe("invalid agents.list params: at root: unexpected property 'zzUnknown'");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.read" });
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE31] each agent's workspace is a project", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  const plain = await client.call("projects.list", {});
  const observed = await client.call("projects.list", { includeObserved: true });

  expect(plain.payload).toMatchObject({
    projects: [{ id: "workspace:main", displayName: "workspace", source: "workspace", agentId: "main" }],
  });
  expect(plain.payload).not.toHaveProperty("observedProjects");
  expect(observed.payload).toMatchObject({ observedProjects: [] });
});

test("[PJ1] where a project lies is for those who may work in it", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using writer = await gateway.connect({ scopes: ["operator.write"] });
  const workspace = { id: "workspace:main", displayName: "workspace", source: "workspace", agentId: "main" };

  expect((await reader.call("projects.list", {})).payload).toEqual({ projects: [workspace] });
  expect((await writer.call("projects.list", {})).payload).toMatchObject({
    projects: [{ ...workspace, repoRoot: expect.stringContaining("workspace") as string }],
  });
});

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK11] nothing is proposed; what the workshop's folder holds is installed", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const folder = path.join(gateway.stateDir, "agents", "main", "agent", "workshop-skills", "two");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "SKILL.md"), "---\nname: two\ndescription: does it\n---\n");

  expect((await client.call("skills.proposals.list", {})).payload).toEqual({
    schema: "openclaw.skill-workshop.proposals-manifest.v1",
    updatedAt: "1970-01-01T00:00:00.000Z",
    proposals: [],
    installedSkills: [{ name: "two", skillKey: "two", description: "does it" }],
  });
  expect((await client.call("skills.proposals.list", { agentId: "x" })).error.message).toBe(
    'unknown agent id "x"',
  );
});

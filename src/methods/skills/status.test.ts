import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

/** Without those of a reference that may be installed on the machine of the test. */
function ownSkills(payload: Record<string, unknown>): Record<string, unknown>[] {
  const skills = payload["skills"] as Record<string, unknown>[];
  return skills.filter(({ source }) => /workspace|managed|workshop/.test(String(source)));
}

async function openWithSkills(skills: Readonly<Record<string, string>>, config = {}) {
  const gateway = await openTestGateway({ config });
  const client = await gateway.connect();
  const { payload } = await client.call("skills.status", {});
  for (const [folder, head] of Object.entries(skills)) {
    const place = folder.startsWith("managed/") ? gateway.stateDir : String(payload["workspaceDir"]);
    const skill = path.join(place, "skills", folder.replace("managed/", ""));
    await mkdir(skill, { recursive: true });
    await writeFile(path.join(skill, "SKILL.md"), head);
  }
  const status = async () => {
    const answer = await client.call("skills.status", {});
    return ownSkills(answer.payload);
  };
  return { gateway, client, status, workspace: String(payload["workspaceDir"]) };
}

const ALPHA = `---
name: alpha
description: Alpha does it
homepage: https://a.example
metadata: { "openclaw": { "emoji": "A", "requires": { "bins": ["sh", "no-such-program"], "anyBins": ["no-such-program", "sh"], "env": ["NO_SUCH_KEY"], "config": ["tools.web"] }, "primaryEnv": "NO_SUCH_KEY", "install": [{ "id": "brew", "kind": "brew", "formula": "x", "label": "Install x" }] } }
---
# Alpha
`;

test("[SK1] a skill is shown with what it needs and what is missing", async () => {
  const { gateway, status } = await openWithSkills({ alpha: ALPHA });
  await using _gateway = gateway;

  expect(await status()).toMatchObject([
    {
      name: "alpha",
      source: "openclaw-workspace",
      skillKey: "alpha",
      eligible: false,
      modelVisible: false,
      missing: {
        bins: ["no-such-program"],
        anyBins: [],
        env: ["NO_SUCH_KEY"],
        config: ["tools.web"],
        os: [],
      },
      configChecks: [{ path: "tools.web", satisfied: false }],
      install: [{ id: "brew", kind: "brew", label: "Install x", bins: [] }],
    },
  ]);
});

test("[SK2] the workspace's skill beats the managed one of the same name; a file without a head is none", async () => {
  const head = (description: string) => `---\nname: same\ndescription: ${description}\n---\n`;
  const skills = { "managed/same": head("managed"), "group/same": head("own"), bad: "# no head\n" };
  const { gateway, status, workspace } = await openWithSkills(skills);
  await using _gateway = gateway;
  await symlink(path.join(gateway.stateDir, "skills"), path.join(workspace, "skills", "linked"));

  expect(await status()).toMatchObject([{ name: "same", description: "own", eligible: true }]);
});

test("[SK3] a skill can be for other systems, hidden from the model, or not for people", async () => {
  const head = (name: string, more: string) => `---\nname: ${name}\ndescription: d\n${more}\n---\n`;
  const { gateway, status } = await openWithSkills({
    a: head("a", 'metadata: {"openclaw":{"os":["no-such-system"],"always":true}}'),
    b: head("b", "disable-model-invocation: true"),
    c: head("c", "user-invocable: false"),
  });
  await using _gateway = gateway;

  expect(await status()).toMatchObject([
    { name: "a", always: true, eligible: false, platformIncompatible: true },
    { name: "b", eligible: true, modelVisible: false, commandVisible: true },
    { name: "c", eligible: true, modelVisible: true, commandVisible: false },
  ]);
});

test("[SK4] the agent's own list of skills keeps the others from it", async () => {
  const head = (name: string) => `---\nname: ${name}\ndescription: d\n---\n`;
  const config = { agents: { entries: { main: { skills: ["a"] } } } };
  const { gateway, status } = await openWithSkills({ a: head("a"), b: head("b") }, config);
  await using _gateway = gateway;

  expect(await status()).toMatchObject([
    { name: "a", blockedByAgentFilter: false, modelVisible: true },
    { name: "b", blockedByAgentFilter: true, modelVisible: false },
  ]);
});

test("[SK5] cards and verdicts come from the hub, and are not there", async () => {
  const { gateway, client } = await openWithSkills({});
  await using _gateway = gateway;
  const card = await client.call("skills.skillCard", { skillKey: "alpha" });

  expect(card.error.message).toBe("skill card not found for alpha");
  expect((await client.call("skills.securityVerdicts", {})).payload).toMatchObject({ items: [] });
  expect((await client.call("skills.bins", {})).error.message).toBe("unauthorized role: operator");
});

test("[SK20] who writes a skill by hand lets clients know that the commands are others", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("skills.status", {});
  const folder = path.join(String(payload["workspaceDir"]), "skills", "made");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "SKILL.md"), "---\nname: made\ndescription: d\n---\n");
  expect((await client.event("chat.metadata.changed", () => true)).payload).toEqual({});
});

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

interface Row {
  readonly name: string;
  readonly nativeName?: string;
  readonly args?: unknown;
}

test("[CH16] the commands are listed with their arguments, without them, and those a network may show", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const list = async (params: Record<string, unknown>) =>
    (await reader.call("commands.list", params)).payload["commands"] as Row[];

  const all = await list({});
  const bare = await list({ includeArgs: false });
  const native = await list({ scope: "native" });

  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(["help", "status", "model"]));
  expect(all.some(({ args }) => args !== undefined)).toBe(true);
  expect(bare).toEqual(all.map(({ args: _args, ...row }) => row));
  expect(native).toEqual(all.filter(({ nativeName }) => nativeName !== undefined));
});

test("[CH16] commands of an agent that there is not are refused, and so is who may not read", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using bare = await gateway.connect({ scopes: [] });

  const unknown = await reader.call("commands.list", { agentId: "zz" });
  const odd = await reader.call("commands.list", { zzUnknown: 1 });
  const refused = await bare.call("commands.list", {});

  expect(unknown.error.message).toBe('unknown agent id "zz"');
  expect(odd.error.message).toBe("invalid commands.list params: at root: unexpected property 'zzUnknown'");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.read" });
});

test("[CH22] a skill is a command once the agent has a workspace", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const list = async () => (await reader.call("commands.list", {})).payload["commands"] as Row[];
  const before = await list();
  const { payload } = await reader.call("skills.status", {});
  const folder = path.join(String(payload["workspaceDir"]), "skills", "my-skill");
  await mkdir(folder, { recursive: true });
  const head = "---\nname: my-skill!\ndescription: d\n---\n# My Skill\n";
  await writeFile(path.join(folder, "SKILL.md"), head);
  const own = (rows: Row[]) => rows.find(({ name }) => name === "my_skill");

  expect(own(before)).toBeUndefined();
  expect(own(await list())).toMatchObject({
    textAliases: ["/my_skill"],
    source: "skill",
    category: "tools",
    skillDisplayName: "My Skill",
    skillModelVisible: true,
  });
});

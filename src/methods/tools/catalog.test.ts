import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

interface Group {
  id: string;
  tools: { id: string; label: string }[];
}

const idsOf = (groups: unknown): [string, string[]][] =>
  (groups as Group[]).map(({ id, tools }) => [id, tools.map((tool) => tool.id)]);

test("[TL1] the catalogue shows the tools that a policy may name, by group, and the profiles", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("tools.catalog", {});

  expect(payload).toMatchObject({ agentId: "main", profiles: [{ id: "minimal" }, {}, {}, { id: "full" }] });
  const groups = idsOf(payload["groups"]);
  expect(groups.slice(0, 2)).toEqual([
    ["fs", ["ls", "read", "write", "edit", "apply_patch"]],
    ["runtime", ["exec", "process", "code_execution", "secrets"]],
  ]);
  expect(
    groups
      .map(([id]) => id)
      .slice(2, 11)
      .join(" "),
  ).toBe("web memory sessions ui messaging automation nodes agents media");
  const unknown = await client.call("tools.catalog", { agentId: "nope" });
  expect(unknown.error.message).toBe('unknown agent id "nope"');
});

test("[TL2] what applies to a session follows the policy of the configuration", async () => {
  await using gateway = await openTestGateway({ config: { tools: { deny: ["group:runtime", "write"] } } });
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:t" });
  const { payload } = await client.call("tools.effective", { sessionKey: "agent:main:t" });

  expect(payload).toMatchObject({ agentId: "main", profile: "full", groups: [{ id: "core" }] });
  const [[, ids] = ["", []]] = idsOf(payload["groups"]);
  expect(ids).toEqual(expect.arrayContaining(["agents_list", "apply_patch", "edit", "ls", "read"]));
  expect(ids.filter((id) => ["exec", "process", "write"].includes(id))).toEqual([]);
  expect((await client.call("tools.effective", { sessionKey: "agent:nope:t" })).error.message).toBe(
    'unknown session key "agent:nope:t"',
  );
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK13] only a skill of the workshop is read there, whole", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const proposal = { name: "Tidy Up", description: "tidies", content: "# Tidy" };
  const { payload } = await client.call("skills.proposals.create", proposal);
  const { id } = payload["record"] as { id: string };
  const read = (params: Record<string, unknown>) => client.call("skills.workshop.read", params);
  const before = await read({ name: "tidy-up" });
  const decision = { proposalId: id, expectedRevisionHash: payload["revisionHash"] };
  await client.call("skills.proposals.apply", decision);

  expect(before.error.message).toContain("No Workshop-generated skill matched: tidy-up.");
  expect((await read({ name: "tidy-up" })).payload).toEqual({
    name: "tidy-up",
    skillKey: "tidy-up",
    description: "tidies",
    content: '---\nname: "tidy-up"\ndescription: "tidies"\n---\n\n# Tidy\n',
  });
  expect((await read({ name: "tidy-up", agentId: "nope" })).error.message).toBe('unknown agent id "nope"');
  expect((await read({})).error.message).toBe(
    "invalid skills.workshop.read params: must have required property 'name'",
  );
});

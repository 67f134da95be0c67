import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function openWithDraft() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const draft = async (name: string): Promise<{ readonly id: string; readonly revisionHash: unknown }> => {
    const proposal = { name, description: "d", content: "# One" };
    const { payload } = await client.call("skills.proposals.create", proposal);
    return { ...(payload["record"] as { id: string }), revisionHash: payload["revisionHash"] };
  };
  return { gateway, client, draft };
}

test("[SK12] an evaluation is of one revision, and kept with the proposal", async () => {
  const { gateway, client, draft } = await openWithDraft();
  await using _gateway = gateway;
  const { id, revisionHash } = await draft("x");
  const evaluate = (params: Record<string, unknown>) => client.call("skills.proposals.evaluate", params);

  const { payload } = await evaluate({ proposalId: id, expectedRevisionHash: revisionHash });
  const evaluation = { revisionHash, proposedVersion: "v1", trigger: "manual", outcomes: [] };
  expect(payload).toMatchObject({ record: { id, status: "pending", evaluation }, evaluation });
  expect(await evaluate({ proposalId: id, expectedRevisionHash: "0".repeat(64) })).toMatchObject({
    error: { code: "INVALID_REQUEST", details: { code: "SKILL_PROPOSAL_REVISION_CHANGED" } },
  });
  expect((await evaluate({ proposalId: "none" })).error.message).toBe("Skill proposal not found: none");
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  expect((await reader.call("skills.proposals.evaluate", { proposalId: id })).error.message).toBe(
    "missing scope: operator.admin",
  );
});

test("[SK16] events are those of one proposal when it is named, and the last page names no next", async () => {
  const { gateway, client, draft } = await openWithDraft();
  await using _gateway = gateway;
  const list = async (params: Record<string, unknown>) =>
    (await client.call("skills.proposals.events.list", params)).payload;
  expect(await list({})).toEqual({ events: [] });
  const first = await draft("first");
  const second = await draft("second");

  expect(await list({ proposalId: second.id })).toMatchObject({
    events: [{ type: "created", proposalId: second.id }],
  });
  const page = await list({ limit: 1 });
  const rest = await list({ limit: 1, afterSequence: page["nextSequence"] });
  expect(page["events"]).toMatchObject([{ type: "created", proposalId: first.id }]);
  expect(rest["events"]).toMatchObject([{ type: "created", proposalId: second.id }]);
  expect(rest).not.toHaveProperty("nextSequence");
});

import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function openWithDraft() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const proposal = { name: "x", description: "d", content: "# One" };
  const { payload } = await client.call("skills.proposals.create", proposal);
  const { id: proposalId } = payload["record"] as { id: string };
  const revision = { proposalId, expectedRevisionHash: payload["revisionHash"] };
  const decide = (step: string, params: Record<string, unknown>) =>
    client.call(`skills.proposals.${step}`, { ...revision, ...params });
  return { gateway, client, decide, proposalId };
}

test("[SK12] a draft that became a skill is told to everyone who lists commands", async () => {
  const { gateway, decide } = await openWithDraft();
  await using _gateway = gateway;
  await using watcher = await gateway.connect({ scopes: ["operator.read"] });
  const { payload } = await decide("apply", { reason: "good" });
  expect(payload).toMatchObject({ record: { status: "applied", statusReason: "good" } });
  expect((await watcher.event("chat.metadata.changed", () => true)).payload).toEqual({});
});

test.for([
  ["reject", "rejected", "clean"],
  ["quarantine", "quarantined", "quarantined"],
] as const)("[SK12] %s ends a proposal, once", async ([step, status, state]) => {
  const { gateway, client, decide, proposalId } = await openWithDraft();
  await using _gateway = gateway;
  const stale = await decide(step, { expectedRevisionHash: "0".repeat(64) });
  const { payload } = await decide(step, { reason: "no" });

  expect(stale.error).toMatchObject({ details: { code: "SKILL_PROPOSAL_REVISION_CHANGED" } });
  expect(payload).toMatchObject({ id: proposalId, status, statusReason: "no", scan: { state } });
  expect((await decide(step, {})).error.message).toBe(
    `Only pending proposals can be ${status}. Current status: ${status}.`,
  );
  const kept = await client.call("skills.proposals.inspect", { proposalId });
  expect(kept.payload).toMatchObject({ record: { status } });
});

test("[SK22] a wish for a revision is a message in a session of the agent that is to revise", async () => {
  const { gateway, client, decide, proposalId } = await openWithDraft();
  await using _gateway = gateway;
  const wish = { instructions: "shorter", sessionKey: "a", idempotencyKey: "wish" };
  const strange = await decide("requestRevision", { ...wish, sessionKey: "agent:other:a" });
  const asked = await decide("requestRevision", wish);
  await client.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === "wish");
  const { payload } = await client.call("chat.history", { sessionKey: "a" });

  expect(strange.error.message).toBe('agent "main" does not match session key agent "other"');
  expect(asked.payload).toEqual({ runId: "wish", status: "started" });
  expect(JSON.stringify(payload["messages"])).toContain("shorter");
  await decide("reject", {});
  expect((await decide("requestRevision", { ...wish, idempotencyKey: "late" })).error.message).toBe(
    `Skill proposal is not pending: ${proposalId}`,
  );
});

import { invalidRequest } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import { skillText } from "./draft.ts";
import { DRAFT_NAME, writeSkill } from "./files.ts";
import type { Evaluation, KeptProposal, ProposalRecord, SupportFile } from "./record.ts";
import type { Shop } from "./revision.ts";
import { scanFiles } from "./scan.ts";
import type { Decision, EvaluatedProposal } from "./workshop.ts";

/** Asks the evaluators. There is none here, and that is what is kept. */
export async function evaluate(
  shop: Shop,
  { record, revisionHash }: KeptProposal,
  trigger: Evaluation["trigger"],
  { correlationId }: Decision,
): Promise<EvaluatedProposal> {
  const at = isoTime(shop.clock.now());
  const { proposedVersion } = record;
  const id = shop.ids.uuid();
  const evaluation: Evaluation = {
    id,
    proposedVersion,
    revisionHash,
    trigger,
    startedAt: at,
    completedAt: at,
    outcomes: [],
  };
  const next: ProposalRecord = { ...record, updatedAt: at, evaluation };
  await shop.ledger.record(
    { record: next, revisionHash },
    {
      type: "evaluation_completed",
      correlationId,
      payload: { evaluationId: id, trigger, outcomeCount: 0 },
      evaluation,
    },
  );
  return { record: next, evaluation };
}

/** Makes a draft the skill. It is scanned once more: a draft that is dangerous is put aside instead. */
export async function apply(
  shop: Shop,
  draft: KeptProposal & { readonly content: string; readonly supportFiles: readonly SupportFile[] },
  decision: Decision,
): Promise<ProposalRecord> {
  const { revisionHash, content, supportFiles } = draft;
  const { record } = await evaluate(shop, draft, "apply", decision);
  const scannedAt = isoTime(shop.clock.now());
  const scan = scanFiles([{ path: DRAFT_NAME, content }, ...supportFiles], scannedAt);
  if (scan.critical > 0) {
    await settle(shop, { record: { ...record, scan }, revisionHash }, "quarantined", decision);
    throw invalidRequest("Proposal scan failed; proposal was quarantined.");
  }
  const { skillDir, skillFile } = record.target;
  await writeSkill(skillDir, await skillText(content), supportFiles);
  const at = isoTime(shop.clock.now());
  const { reason, correlationId } = decision;
  const applied: ProposalRecord = {
    ...record,
    status: "applied",
    updatedAt: at,
    scan,
    appliedAt: at,
    ...(reason === undefined ? {} : { statusReason: reason }),
  };
  await shop.ledger.record(
    { record: applied, revisionHash },
    { type: "applied", correlationId, payload: { targetSkillFile: skillFile } },
  );
  return applied;
}

/** Ends a proposal without a skill. */
export async function settle(
  shop: Shop,
  { record, revisionHash }: KeptProposal,
  status: "rejected" | "quarantined",
  { reason, correlationId }: Decision,
): Promise<ProposalRecord> {
  const at = isoTime(shop.clock.now());
  const next: ProposalRecord = {
    ...record,
    status,
    updatedAt: at,
    ...(status === "quarantined" ? { scan: { ...record.scan, state: "quarantined" } } : {}),
    ...(reason === undefined ? {} : { statusReason: reason }),
    ...(status === "rejected" ? { rejectedAt: at } : { quarantinedAt: at }),
  };
  await shop.ledger.record({ record: next, revisionHash }, { type: status, correlationId });
  return next;
}

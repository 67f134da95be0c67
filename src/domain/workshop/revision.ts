import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import type { JsonRecord } from "../config/index.ts";
import { draftText, type Parts } from "./draft.ts";
import { DRAFT_NAME, hashOf, proposalFolder, removeGeneration, writeGeneration } from "./files.ts";
import type { Ledger } from "./ledger.ts";
import type { KeptProposal, ProposalRecord, ProposalTarget, SupportFile } from "./record.ts";
import { fileWithCredential, scanFiles } from "./scan.ts";
import { checkSupportFiles } from "./support-files.ts";
import type { Drafted } from "./workshop.ts";

const DESCRIPTION_BYTES_MAX = 160;
const SKILL_BYTES_DEFAULT = 40_000;
const SKILL_BYTES_CEILING = 200_000;
const OPEN_DEFAULT = 50;

/** What the parts of the workshop share. */
export interface Shop {
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
  readonly stateDir: string;
  /** `skills.workshop` of the configuration. */
  readonly settings: () => JsonRecord;
}

export interface Submission {
  readonly kind: ProposalRecord["kind"];
  readonly title: string;
  /** What the skill will call itself. */
  readonly name: string;
  /** What the proposal is said to be, and what its text says, which may differ. */
  readonly description: string;
  readonly drafted: string;
  readonly content: string;
  readonly parts: Parts;
  readonly target: ProposalTarget;
  readonly supportFiles?: readonly SupportFile[];
  readonly goal?: string;
  readonly evidence?: string;
  readonly correlationId?: string;
}

/** Writes a new proposal, or the next revision of one, and tells the ledger. */
export async function publish(
  shop: Shop,
  agent: Agent,
  submission: Submission,
  before?: KeptProposal,
): Promise<Drafted> {
  const { supportFiles = [], target } = submission;
  checkLimits(shop, submission);
  if (before === undefined) await checkRoom(shop, agent);
  const now = shop.clock.now();
  const at = isoTime(now);
  const version = `v${before === undefined ? 1 : Number(before.record.proposedVersion.slice(1)) + 1}`;
  const facts = { name: submission.name, description: submission.drafted, version, date: at };
  const content = draftText(facts, submission.parts);
  const files = [{ path: DRAFT_NAME, content }, ...supportFiles];
  const leak = fileWithCredential(files);
  if (leak !== undefined) {
    throw invalidRequest(
      `Skill proposal contains a recognized literal credential in ${leak}; replace it with a SecretRef or placeholder.`,
    );
  }
  const id = before?.record.id ?? `${target.skillKey}-${at.slice(0, 10).replaceAll("-", "")}-${suffix(shop)}`;
  const folder = proposalFolder(shop.stateDir, id);
  const draftFile = await writeGeneration(folder, shop.ids.uuid(), files);
  const draftHash = hashOf(content);
  const facts2 = supportFiles.map((file) => ({
    path: file.path,
    sizeBytes: Buffer.byteLength(file.content),
    hash: hashOf(file.content),
  }));
  const goal = submission.goal ?? before?.record.goal;
  const evidence = submission.evidence ?? before?.record.evidence;
  const record: ProposalRecord = {
    schema: "openclaw.skill-workshop.proposal.v1",
    id,
    kind: submission.kind,
    status: "pending",
    title: submission.title,
    description: submission.description,
    createdAt: before?.record.createdAt ?? at,
    updatedAt: at,
    createdBy: "gateway",
    origin: { agentId: agent.id },
    proposedVersion: version,
    draftFile,
    draftHash,
    target,
    scan: scanFiles(files, at),
    ...(facts2.length === 0 ? {} : { supportFiles: facts2 }),
    ...(goal === undefined ? {} : { goal }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  const revisionHash = hashOf(JSON.stringify([id, version, draftHash, facts2]));
  const { correlationId } = submission;
  await shop.ledger.record(
    { record, revisionHash },
    { type: before === undefined ? "created" : "revised", correlationId },
  );
  if (before !== undefined) await removeGeneration(folder, before.record.draftFile);
  return { record, revisionHash, content };
}

function suffix(shop: Shop): string {
  return hashOf(shop.ids.uuid()).slice(0, 10);
}

function checkLimits(shop: Shop, { description, content, supportFiles = [] }: Submission): void {
  if (description.trim() === "") throw invalidRequest("Skill description is required.");
  const described = Buffer.byteLength(description);
  if (described > DESCRIPTION_BYTES_MAX) {
    throw invalidRequest(
      `Skill proposal description is too large (${described} bytes, max ${DESCRIPTION_BYTES_MAX}).`,
    );
  }
  const { maxSkillBytes } = shop.settings();
  const max = Math.min(numberOr(maxSkillBytes, SKILL_BYTES_DEFAULT), SKILL_BYTES_CEILING);
  const bytes = Buffer.byteLength(content);
  if (bytes > max) {
    throw invalidRequest(`Skill proposal content is too large (${bytes} bytes, max ${max}).`);
  }
  checkSupportFiles(supportFiles);
}

async function checkRoom(shop: Shop, agent: Agent): Promise<void> {
  const max = numberOr(shop.settings()["maxPending"], OPEN_DEFAULT);
  const open = (await shop.ledger.all()).filter(
    ({ record }) =>
      record.origin.agentId === agent.id && (record.status === "pending" || record.status === "quarantined"),
  );
  if (open.length >= max) throw invalidRequest(`Too many pending skill proposals (max ${max}).`);
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

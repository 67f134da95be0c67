/** A proposal for a skill, in the words of the wire. `draftFile` is told without the folder of its generation. */
export interface ProposalRecord {
  readonly schema: "openclaw.skill-workshop.proposal.v1";
  readonly id: string;
  readonly kind: "create" | "update";
  readonly status: "pending" | "applied" | "rejected" | "quarantined" | "stale";
  readonly title: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: "gateway";
  readonly origin: { readonly agentId: string };
  readonly proposedVersion: string;
  readonly draftFile: string;
  readonly draftHash: string;
  readonly target: ProposalTarget;
  readonly scan: Scan;
  readonly supportFiles?: readonly SupportFact[];
  readonly goal?: string;
  readonly evidence?: string;
  readonly evaluation?: Evaluation;
  readonly appliedAt?: string;
  readonly rejectedAt?: string;
  readonly quarantinedAt?: string;
  readonly staleAt?: string;
  readonly statusReason?: string;
}

export interface ProposalTarget {
  readonly skillName: string;
  readonly skillKey: string;
  readonly skillDir: string;
  readonly skillFile: string;
  readonly source: "openclaw-workshop";
  /** What the skill was when an update of it was proposed. */
  readonly currentContentHash?: string;
}

export interface SupportFact {
  readonly path: string;
  readonly sizeBytes: number;
  readonly hash: string;
}

export interface SupportFile {
  readonly path: string;
  readonly content: string;
}

export interface Scan {
  readonly state: "clean" | "failed" | "quarantined";
  readonly scannedAt: string;
  readonly critical: number;
  readonly warn: number;
  readonly info: number;
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: "critical" | "warn";
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly evidence: string;
}

/** What evaluators said of one revision. No plugin evaluates here, so nobody says anything. */
export interface Evaluation {
  readonly id: string;
  readonly proposedVersion: string;
  readonly revisionHash: string;
  readonly trigger: "manual" | "apply";
  readonly startedAt: string;
  readonly completedAt: string;
  readonly outcomes: never[];
}

export type EventType =
  | "created"
  | "revised"
  | "evaluation_completed"
  | "applied"
  | "rejected"
  | "quarantined"
  | "stale";

export interface ProposalEvent {
  readonly sequence: number;
  readonly eventId: string;
  readonly proposalId: string;
  readonly proposedVersion: string;
  readonly revisionHash: string;
  readonly type: EventType;
  readonly occurredAt: string;
  readonly actor: { readonly type: "gateway" | "system" };
  readonly correlationId?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly evaluation?: Evaluation;
}

/** What is kept of a proposal besides its files. */
export interface KeptProposal {
  readonly record: ProposalRecord;
  readonly revisionHash: string;
}

import type { Approval, ApprovalVerdict, PendingApproval } from "../../../schemas/shapes/approval.ts";
import type { ApprovalKind, ApprovalRecord, Decision } from "./record.ts";
import type { RequestParams } from "./requests.ts";

export { approvalsTopic, createApprovals } from "./approvals.ts";
export { createCommandGate, type Executables, type Permit } from "./gate.ts";
export { createExecPolicy, type ExecPolicy } from "./policy.ts";
export { type ApprovalRecord, previewOf } from "./record.ts";
export type { ApprovalStore } from "./store.ts";

/** A connection, as approvals see it: who asks, who looks, who decides. */
export interface Party {
  readonly connId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly caps: readonly string[];
  readonly deviceId?: string;
  readonly client: { readonly id: string; readonly displayName?: string };
}

/** What who waits for an approval is told. Nobody's decision is null, which counts as no. */
export interface Verdict {
  readonly id: string;
  readonly decision: Decision | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface Opened {
  readonly record: ApprovalRecord;
  /** False when nobody could see it, and it was denied at once. */
  readonly isRouted: boolean;
  readonly verdict: Promise<ApprovalVerdict>;
}

/** Things that somebody must say yes to before they are done, and what was said. */
export interface Approvals {
  open(kind: ApprovalKind, params: RequestParams, asker: Party): Promise<Opened>;
  /** What waits, and this party may decide; as the event of its request says it. */
  pending(kind: ApprovalKind, viewer: Party): PendingApproval[];
  /** What waits in a session, for who begins to follow it. */
  replay(sessionKey: string, viewer: Party): Readonly<Record<string, unknown>>;
  /** One that waits. Throws the refusal for one that does not, or that is none of the viewer's business. */
  waiting(kind: ApprovalKind, id: string, viewer: Party): ApprovalRecord;
  /** Waits for the end of one that waits, or says how one ended a moment ago. */
  wait(kind: ApprovalKind, id: unknown, viewer: Party): Promise<Verdict & { terminalReason: string }>;
  /** Decides. Saying the same again is no error; saying something else is. */
  resolve(kind: ApprovalKind, id: string, decision: string, reviewer: Party): Promise<void>;
  /** The same for what a word names, an id or its beginning, by somebody who may decide on everything. */
  resolveNamed(word: string, decision: string, by: string): Promise<void>;
  /** Who asked no longer wants it: it ends as cancelled, and nobody may decide it any more. */
  withdraw(id: string): Promise<void>;
  /** Decides by whatever the params say: what is no clear yes counts as no. */
  judge(params: RequestParams, reviewer: Party): Promise<{ applied: boolean; approval: Approval }>;
  get(id: string, viewer: Party): Promise<Approval>;
  history(page: HistoryPage): Promise<{ items: Approval[]; nextCursor?: string }>;
  /** At the start: what waited when the gateway ended waits no longer. */
  recover(): Promise<void>;
}

export interface HistoryPage {
  readonly cursor?: string;
  readonly limit?: number;
  /** `system-agent` approvals are the setup agent's; there are none here. */
  readonly kind?: ApprovalKind | "system-agent";
}

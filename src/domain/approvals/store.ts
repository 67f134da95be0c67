import type { ApprovalKind, ApprovalRecord } from "./record.ts";

export interface HistoryPlace {
  readonly resolvedAtMs: number;
  readonly id: string;
}

/** Where approvals are kept: what waits must be known to have waited when the gateway dies. */
export interface ApprovalStore {
  get(id: string): Promise<ApprovalRecord | undefined>;
  /** Those without an ending. */
  waiting(): Promise<readonly ApprovalRecord[]>;
  /** Those with one, latest first, after a place in that order. */
  ended(page: {
    readonly limit: number;
    readonly kind?: ApprovalKind;
    readonly after?: HistoryPlace;
  }): Promise<readonly ApprovalRecord[]>;
  /** Resolves when it is durable; the oldest endings beyond `endedMax` are forgotten. */
  save(record: ApprovalRecord, endedMax: number): Promise<void>;
}

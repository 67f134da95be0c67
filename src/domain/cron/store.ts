import type { Claim, Job, RunEntry } from "./job.ts";

export interface StoredJob {
  readonly job: Job;
  readonly claim?: Claim;
}

export interface RunQuery {
  readonly jobIds?: readonly string[];
  readonly runId?: string;
  readonly statuses?: readonly string[];
  readonly deliveryStatuses?: readonly string[];
  /** Looked for in the entry, small and capital letters alike. */
  readonly text?: string;
  readonly isOldestFirst: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface Scratch {
  readonly revision: number;
  readonly updatedAtMs: number;
  readonly content: string | null;
}

/** Where jobs, their history and their notes are kept. What resolves is durable. */
export interface CronStore {
  load(): Promise<readonly StoredJob[]>;
  /** Writes the job, and its claim or that it has none. */
  put(job: Job, claim?: Claim): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** Puts a run on record and ends its claim, both or neither. Without `job` the job is gone and stays gone. */
  conclude(entry: RunEntry, job: Job | undefined): Promise<void>;
  runs(query: RunQuery): Promise<{ readonly entries: readonly RunEntry[]; readonly total: number }>;
  scratch(jobId: string): Promise<Scratch | undefined>;
  /** Replaces the notes when nobody did since; otherwise says which revision is the present one. */
  setScratch(
    jobId: string,
    content: string | null,
    expectedRevision: number | undefined,
  ): Promise<{ readonly isStored: boolean; readonly scratch: Scratch }>;
}

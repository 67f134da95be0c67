import type { JobDraft } from "./draft.ts";
import type { Job, JobPatch, RunEntry } from "./job.ts";
import type { RunQuery, Scratch } from "./store.ts";

export { type CronParts, createCron } from "./cron.ts";
export type { JobDraft } from "./draft.ts";
export { type Claim, type Job, type JobPatch, jobIdOf, type RunEntry } from "./job.ts";
export { isMeant, type JobFilter, sorted } from "./job-filter.ts";
export { settledDraft, settledPatch } from "./leniency.ts";
export type { CommandOutput, CommandRunner } from "./runner.ts";
export type { CronStore, RunQuery, Scratch, StoredJob } from "./store.ts";
export type { OwnJobsPlan } from "./system-jobs.ts";
export type { CronTimes } from "./times.ts";
export { compactView, configRevision, deliveryPreview, digest, jobView } from "./view.ts";

export type RunMode = "due" | "force" | "if-enabled";

export type RunAnswer =
  | { readonly isEnqueued: true; readonly runId: string }
  | { readonly isEnqueued: false; readonly reason: "not-due" | "already-running" | "disabled" };

export interface CronStatus {
  readonly enabled: boolean;
  readonly jobs: number;
  readonly nextWakeAtMs: number | null;
}

/** The scheduler: jobs, when they run, and what came of it. */
export interface Cron {
  /** New with each start of the gateway. */
  readonly processInstanceId: string;
  /** Runs that go on now. */
  readonly activeCount: number;
  status(): CronStatus;
  list(): readonly Job[];
  /** Throws the refusal that the client is to see when there is no such job. */
  get(jobId: string): Job;
  /** Throws, in the words of the other methods, when there is no such job. */
  check(jobId: string): void;
  add(
    draft: JobDraft,
  ): Promise<{ readonly job: Job; readonly isCreated: boolean; readonly isUpdated: boolean }>;
  update(jobId: string, patch: JobPatch, expectedRevision: string | undefined): Promise<Job>;
  remove(jobId: string): Promise<void>;
  run(jobId: string, mode: RunMode): Promise<RunAnswer>;
  runs(query: RunQuery): Promise<{ readonly entries: readonly RunEntry[]; readonly total: number }>;
  scratch(jobId: string): Promise<Scratch | undefined>;
  setScratch(
    jobId: string,
    content: string | null,
    expectedRevision: number | undefined,
  ): Promise<{ readonly isStored: boolean; readonly scratch: Scratch }>;
  /** The agent that a job runs as. */
  agentOf(job: Job): string;
  /** Takes up what the last process left and begins to keep time. Called once, after the runs have recovered. */
  start(): Promise<void>;
  /** The gateway's own jobs follow a configuration that changed. */
  follow(): Promise<void>;
  /** Makes the gateway's own jobs, once it is up, and says that they are in place. */
  settle(): Promise<void>;
  /** Begins nothing any more. Runs that are active end with the runs of the gateway. */
  stop(): void;
}

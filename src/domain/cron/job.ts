import type { Static } from "@sinclair/typebox";
import type { CronPatch } from "../../../schemas/methods/cron/jobs.ts";
import type {
  CronDelivery,
  CronFailureAlert,
  CronPayload,
  CronSchedule,
  CronState,
} from "../../../schemas/shapes/cron.ts";

export type Schedule = Static<typeof CronSchedule>;
/** `heartbeat` is the gateway's own: nobody can add such a job. */
export type Payload = Static<typeof CronPayload> | { readonly kind: "heartbeat" };
export type Delivery = Static<typeof CronDelivery>;
export type FailureAlert = Static<typeof CronFailureAlert>;
export type JobPatch = Static<typeof CronPatch>;

/** What a job remembers. `scheduleActivatedAtMs` is when a schedule that was changed came into force. */
export type JobState = Readonly<Static<typeof CronState>> & {
  readonly scheduleActivatedAtMs?: number;
  readonly scheduleErrorCount?: number;
  readonly lastDiagnosticSummary?: string;
  readonly lastDiagnostics?: Readonly<Record<string, unknown>>;
};

/** A scheduled job. Times are epoch ms. It is stored as it is, and all but `catchUpAtMs` is shown to clients. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly declarationKey?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly owner?: Readonly<Record<string, string>>;
  readonly agentId?: string;
  readonly sessionKey?: string;
  readonly enabled: boolean;
  readonly deleteAfterRun?: boolean;
  readonly schedule: Schedule;
  readonly pacing?: { readonly min?: string; readonly max?: string };
  readonly sessionTarget: string;
  readonly wakeMode: "now" | "next-heartbeat";
  readonly payload: Payload;
  readonly delivery?: Delivery;
  readonly failureAlert?: FailureAlert;
  readonly scheduledToolPolicy?: { readonly mode: "trusted"; readonly version: 1 };
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly state: JobState;
}

/** A run that was begun. It is stored before anything happens, so that a crash can neither lose nor double it. */
export interface Claim {
  /** The name of the run in the history. */
  readonly runId: string;
  /** The agent run behind it, where there is one: the journal of the runs knows it by this. */
  readonly turnId: string;
  /** The session the agent run belongs to, settled with the claim. */
  readonly sessionId: string;
  readonly taskId: string;
  readonly startedAtMs: number;
  readonly isManual: boolean;
}

/** How a run ended, as the history and the `finished` event tell it. */
export interface RunResult {
  readonly status: "ok" | "error" | "skipped";
  readonly summary?: string;
  readonly error?: string;
  readonly sessionId?: string;
  readonly sessionKey?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly usage?: Readonly<Record<string, number>>;
  readonly diagnostics?: Readonly<Record<string, unknown>>;
}

/** One line of the history. */
export interface RunEntry extends RunResult {
  readonly action: "finished";
  readonly ts: number;
  readonly jobId: string;
  readonly jobName: string;
  readonly runId: string;
  readonly runAtMs: number;
  readonly durationMs: number;
  readonly nextRunAtMs?: number;
  readonly completionStatus: "succeeded" | "failed";
  readonly deliveryStatus: string;
  readonly delivered?: boolean;
  readonly delivery?: Readonly<Record<string, unknown>>;
  readonly deliveryError?: string;
}

/** Namespaces of declaration keys that only the gateway uses. */
export const SYSTEM_NAMESPACES = ["heartbeat:", "skill-collection-review:"] as const;

export function isSystemJob(job: Pick<Job, "declarationKey">): boolean {
  return SYSTEM_NAMESPACES.some((prefix) => job.declarationKey?.startsWith(prefix) === true);
}

/** The declaration under which the memory keeps its job: clients may remove it, and the next start brings it back. */
export const DREAMING_KEY = "memory-core:memory-dreaming-promotion";

/** Jobs that the gateway made for itself; those that are no system jobs may be changed and removed by clients. */
export function isOwnJob(job: Pick<Job, "declarationKey">): boolean {
  return isSystemJob(job) || job.declarationKey === DREAMING_KEY;
}

/** Jobs are named by `id`, by older clients by `jobId`; the contract has seen to it that one of them is there. */
export function jobIdOf(params: { readonly id: string } | { readonly jobId: string }): string {
  return ("id" in params ? params.id : params.jobId).trim();
}

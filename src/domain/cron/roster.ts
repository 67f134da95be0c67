import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { cronFailure } from "./draft.ts";
import type { Claim, Job } from "./job.ts";
import type { CronStore } from "./store.ts";

/** The jobs in memory, and behind each change the store. */
export interface Roster {
  readonly jobs: ReadonlyMap<string, Job>;
  readonly claims: ReadonlyMap<string, Claim>;
  load(): Promise<void>;
  /** The job, or the refusal that the client is to see; reading names it in an older way than the rest. */
  mustGet(jobId: string, noun?: "Automation" | "cron job"): Job;
  declared(declarationKey: string): Job | undefined;
  /** In memory at once, durable when it resolves. */
  save(job: Job, claim?: Claim): Promise<void>;
  /** The run of a job is over: the job as it is now, or that it is gone. In memory only. */
  settle(jobId: string, job: Job | undefined): void;
  unclaim(jobId: string): void;
  checkRoom(): void;
}

export function createRoster(store: CronStore): Roster {
  const jobs = new Map<string, Job>();
  const claims = new Map<string, Claim>();
  return {
    jobs,
    claims,
    async load() {
      for (const { job, claim } of await store.load()) {
        jobs.set(job.id, job);
        if (claim !== undefined) claims.set(job.id, claim);
      }
    },
    mustGet(jobId, noun = "Automation") {
      const job = jobs.get(jobId);
      if (job !== undefined) return job;
      throw invalidRequest(
        `${noun} not found: ${jobId}. List automations and retry with a current job id. For cross-session management, use a fresh authenticated configured channel owner or Control UI administrator turn or the Automations page.`,
        { details: { code: "CRON_JOB_NOT_FOUND", jobId } },
      );
    },
    declared: (key) => [...jobs.values()].find((job) => job.declarationKey === key),
    async save(job, claim) {
      jobs.set(job.id, job);
      if (claim !== undefined) claims.set(job.id, claim);
      await store.put(job, claims.get(job.id));
    },
    settle(jobId, job) {
      claims.delete(jobId);
      if (job === undefined) jobs.delete(jobId);
      else jobs.set(jobId, job);
    },
    unclaim: (jobId) => void claims.delete(jobId),
    checkRoom() {
      if (jobs.size >= POLICY.cronJobsMax) throw cronFailure("too many cron jobs");
    },
  };
}

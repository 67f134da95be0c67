import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { composeDraft, cronFailure, type JobDraft } from "./draft.ts";
import type { Cron } from "./index.ts";
import { isOwnJob, isSystemJob, type Job, type JobPatch } from "./job.ts";
import { convergeOwnJobs } from "./own-jobs.ts";
import { patched } from "./patch.ts";
import { createRoster } from "./roster.ts";
import { agentOf } from "./runner.ts";
import { nextRunAt, settleSchedule } from "./schedule.ts";
import { createScheduler, type SchedulerParts } from "./scheduler.ts";
import { type OwnJobsPlan, systemJobs } from "./system-jobs.ts";
import { configRevision } from "./view.ts";

export interface CronParts extends Omit<SchedulerParts, "roster"> {
  /** Recurring jobs whose moment passed while the gateway was down are not made up for. */
  readonly skipsMissed: () => boolean;
  readonly ownJobs: () => OwnJobsPlan;
}

/** The scheduler, over a store that survives a crash. */
export function createCron(parts: CronParts): Cron {
  const { store, clock, ids, events, times, agents } = parts;
  const roster = createRoster(store);
  const scheduler = createScheduler({ ...parts, roster });
  const processInstanceId = ids.uuid();
  let manualRuns = 0;
  let converging: Promise<void> = Promise.resolve();
  let isSettled = false;

  const withNext = (job: Job): Job => {
    const { nextRunAtMs: _, ...state } = job.state;
    if (!job.enabled) return { ...job, state };
    const next = nextRunAt(job, clock.now(), times);
    return { ...job, state: next === undefined ? state : { ...state, nextRunAtMs: next } };
  };

  const tell = (action: "added" | "updated" | "removed", job: Job): void => {
    const { nextRunAtMs } = job.state;
    const next = action === "removed" || nextRunAtMs === undefined ? {} : { nextRunAtMs };
    events.publish("cron", { action, jobId: job.id, job, ...next });
  };

  const checkAgent = (job: Pick<Job, "agentId">): void => {
    if (job.agentId === undefined || agents.get(job.agentId) !== undefined) return;
    throw cronFailure(`cron job agent is unavailable: ${job.agentId}`);
  };

  const checkOwner = (job: Job, method: string): void => {
    if (!isSystemJob(job)) return;
    throw invalidRequest(`invalid ${method} params: cron job is system-owned`);
  };

  async function saved(job: Job, action: "added" | "updated"): Promise<Job> {
    await roster.save(job);
    tell(action, job);
    scheduler.arm();
    return job;
  }

  async function add(draft: JobDraft) {
    const now = clock.now();
    const made = composeDraft(draft, { method: "cron.add", now, times });
    checkAgent(made);
    const known = made.declarationKey === undefined ? undefined : roster.declared(made.declarationKey);
    if (known !== undefined) return converge(known, made);
    roster.checkRoom();
    const job = withNext({
      ...made,
      schedule: settleSchedule(made.schedule, now),
      id: ids.uuid(),
      createdAtMs: now,
      updatedAtMs: now,
      state: {},
    });
    return { job: await saved(job, "added"), isCreated: true, isUpdated: false };
  }

  /** A declaration that is made again changes its job to what it says now, and nothing when it says the same. */
  async function converge(known: Job, made: Omit<Job, "id" | "createdAtMs" | "updatedAtMs" | "state">) {
    const { schedule: before } = known;
    const schedule =
      made.schedule.kind === "every" && before.kind === "every" && made.schedule.everyMs === before.everyMs
        ? { ...made.schedule, anchorMs: made.schedule.anchorMs ?? before.anchorMs ?? known.createdAtMs }
        : settleSchedule(made.schedule, clock.now());
    const { id, createdAtMs, updatedAtMs, state, name } = known;
    const next: Job = { ...made, name, schedule, id, createdAtMs, updatedAtMs, state };
    if (configRevision(next) === configRevision(known)) {
      return { job: known, isCreated: false, isUpdated: false };
    }
    const job = activated(known, { ...next, updatedAtMs: clock.now() });
    return { job: await saved(job, "updated"), isCreated: false, isUpdated: true };
  }

  /** What a new schedule, or being switched on, means for the next run. */
  function activated(before: Job, job: Job): Job {
    const isRescheduled = JSON.stringify(before.schedule) !== JSON.stringify(job.schedule);
    const isSwitched = before.enabled !== job.enabled;
    if (!isRescheduled && !isSwitched) return job;
    const next = withNext(job);
    // Who switches a job on again gives it a fresh start.
    const fresh = isSwitched && job.enabled ? { consecutiveErrors: 0, scheduleErrorCount: 0 } : {};
    return { ...next, state: { ...next.state, ...fresh, scheduleActivatedAtMs: clock.now() } };
  }

  async function update(jobId: string, patch: JobPatch, expectedRevision: string | undefined): Promise<Job> {
    const job = roster.mustGet(jobId);
    const actualConfigRevision = configRevision(job);
    if (expectedRevision !== undefined && expectedRevision !== actualConfigRevision) {
      throw invalidRequest(
        "cron job definition no longer matches the loaded version; review the latest version before retrying",
        {
          details: {
            code: "CRON_JOB_CHANGED",
            expectedConfigRevision: expectedRevision,
            actualConfigRevision,
          },
        },
      );
    }
    checkOwner(job, "cron.update");
    const next = patched(job, patch, { method: "cron.update", now: clock.now(), times });
    checkAgent(next);
    return saved(activated(job, next), "updated");
  }

  async function run(jobId: string, mode: "due" | "force" | "if-enabled") {
    const job = roster.mustGet(jobId);
    if (roster.claims.has(jobId)) return { isEnqueued: false, reason: "already-running" } as const;
    if (mode === "if-enabled" && !job.enabled) return { isEnqueued: false, reason: "disabled" } as const;
    const isDue = job.enabled && (job.state.nextRunAtMs ?? Number.POSITIVE_INFINITY) <= clock.now();
    if (mode === "due" && !isDue) return { isEnqueued: false, reason: "not-due" } as const;
    manualRuns += 1;
    const runId = `manual:${jobId}:${clock.now()}:${manualRuns}`;
    await scheduler.begin(job, runId);
    return { isEnqueued: true, runId } as const;
  }

  /** Jobs that were due while nobody kept time run once, a little later and one after the other. */
  async function catchUp(): Promise<void> {
    const now = clock.now();
    let missed = 0;
    for (const job of roster.jobs.values()) {
      const { nextRunAtMs } = job.state;
      if (!job.enabled || roster.claims.has(job.id)) continue;
      if (nextRunAtMs !== undefined && nextRunAtMs > now) continue;
      const isDropped = job.schedule.kind !== "at" && (parts.skipsMissed() || isSystemJob(job));
      if (nextRunAtMs === undefined || isDropped) {
        await roster.save(withNext(job));
        continue;
      }
      const at = now + POLICY.cronCatchUpDelayMs + missed * POLICY.cronCatchUpSpacingMs;
      missed += 1;
      await roster.save({ ...job, state: { ...job.state, nextRunAtMs: at } });
    }
  }

  /** Those of the gateway's own jobs follow the configuration; one change of it after the other. */
  function convergeThose(isMeant: (job: Pick<Job, "declarationKey">) => boolean): Promise<void> {
    converging = converging.then(async () => {
      const plan = parts.ownJobs();
      const isAttended = (job: Pick<Job, "declarationKey">): boolean =>
        isMeant(job) && (plan.dreaming !== "unattended" || isSystemJob(job));
      const changes = await convergeOwnJobs(systemJobs(plan).filter(isAttended), isAttended, {
        roster,
        store,
        now: () => clock.now(),
        newId: () => ids.uuid(),
        withNext,
      });
      for (const { action, job } of changes) tell(action, job);
      scheduler.arm();
    });
    return converging;
  }

  return {
    processInstanceId,
    get activeCount() {
      return roster.claims.size;
    },
    status: () => ({
      enabled: parts.isEnabled(),
      jobs: roster.jobs.size,
      nextWakeAtMs: parts.isEnabled() ? (scheduler.nextWakeAt() ?? null) : null,
    }),
    list: () => [...roster.jobs.values()],
    get: (jobId) => roster.mustGet(jobId, "cron job"),
    check: (jobId) => void roster.mustGet(jobId),
    add,
    update,
    async remove(jobId) {
      const job = roster.mustGet(jobId);
      checkOwner(job, "cron.remove");
      roster.settle(jobId, undefined);
      await store.remove(jobId);
      tell("removed", job);
      scheduler.arm();
    },
    run,
    runs: (query) => store.runs(query),
    scratch: (jobId) => store.scratch(roster.mustGet(jobId).id),
    setScratch: (jobId, content, expected) => store.setScratch(roster.mustGet(jobId).id, content, expected),
    agentOf: (job) => agentOf(job, agents),
    async start() {
      await roster.load();
      for (const [jobId, claim] of roster.claims) {
        const job = roster.jobs.get(jobId);
        if (job !== undefined) scheduler.resume(job, claim);
      }
      // Before anybody is let in: a plugin puts its job in place before the gateway does.
      await convergeThose((job) => !isSystemJob(job) && isOwnJob(job));
      await catchUp();
      scheduler.arm();
    },
    follow: () => (isSettled ? convergeThose(isOwnJob) : Promise.resolve()),
    async settle() {
      isSettled = true;
      await convergeThose(isOwnJob);
      events.publish("sessions.changed", { reason: "cron-bindings-loaded", ts: clock.now() });
    },
    stop: () => scheduler.stop(),
  };
}

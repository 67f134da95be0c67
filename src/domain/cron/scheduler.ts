import { POLICY } from "../../../schemas/policy.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Log } from "../../platform/log.ts";
import type { Publisher } from "../events.ts";
import type { Tasks } from "../tasks/index.ts";
import { deliver } from "./delivery.ts";
import type { Claim, Job, JobState, RunEntry, RunResult } from "./job.ts";
import type { Roster } from "./roster.ts";
import { agentOf, execute, type RunnerParts, sessionKeyOf } from "./runner.ts";
import { backoffMs, nextRunAt } from "./schedule.ts";
import type { CronStore } from "./store.ts";
import type { CronTimes } from "./times.ts";

export interface SchedulerParts extends RunnerParts {
  readonly roster: Roster;
  readonly store: CronStore;
  readonly times: CronTimes;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: Publisher;
  readonly tasks: Tasks;
  readonly isEnabled: () => boolean;
}

export interface Scheduler {
  /** Looks at the clock and at all jobs again. To be called when a job changed. */
  arm(): void;
  /** Begins a run out of turn. The claim is durable when this resolves. */
  begin(job: Job, manualRunId?: string): Promise<void>;
  /** Takes up a run that the last process began. */
  resume(job: Job, claim: Claim): void;
  nextWakeAt(): number | undefined;
  stop(): void;
}

/** Keeps time. A run is claimed in the store before anything happens and put on record in one step afterwards. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { roster, store, clock, ids, log, events, tasks, times } = parts;
  let timer: Timer | undefined;
  let isStopped = false;
  /** Runs of this process, by job. A claim without one is on its way from or to the store. */
  const active = new Set<string>();

  const dueAt = (job: Job): number | undefined =>
    job.enabled && !roster.claims.has(job.id) ? job.state.nextRunAtMs : undefined;

  function nextWakeAt(): number | undefined {
    let first: number | undefined;
    for (const job of roster.jobs.values()) {
      const at = dueAt(job);
      if (at !== undefined && (first === undefined || at < first)) first = at;
    }
    return first;
  }

  function arm(): void {
    timer?.cancel();
    timer = undefined;
    if (isStopped || !parts.isEnabled() || active.size >= POLICY.cronRunsActiveMax) return;
    const at = nextWakeAt();
    if (at === undefined) return;
    const delay = Math.min(Math.max(at - clock.now(), 0), POLICY.cronTimerMs);
    timer = clock.after(delay, tick);
  }

  function tick(): void {
    const now = clock.now();
    const due = [...roster.jobs.values()]
      .filter((job) => (dueAt(job) ?? Number.POSITIVE_INFINITY) <= now)
      .toSorted((a, b) => (a.state.nextRunAtMs ?? 0) - (b.state.nextRunAtMs ?? 0));
    for (const job of due.slice(0, POLICY.cronRunsActiveMax - active.size)) {
      begin(job).catch((error: unknown) => {
        // The store refused the claim: nothing ran, and the job stays due.
        log.error({ err: error, jobId: job.id }, "a scheduled run could not be begun");
      });
    }
    arm();
  }

  async function begin(job: Job, manualRunId?: string): Promise<void> {
    const startedAtMs = clock.now();
    const turnId = ids.uuid();
    const claim: Claim = {
      runId: manualRunId ?? `cron:${job.id}:${startedAtMs}:${turnId}`,
      isManual: manualRunId !== undefined,
      turnId,
      sessionId: ids.uuid(),
      taskId: ids.uuid(),
      startedAtMs,
    };
    const running: Job = { ...job, state: { ...job.state, runningAtMs: startedAtMs } };
    active.add(job.id);
    try {
      await roster.save(running, claim);
    } catch (error) {
      active.delete(job.id);
      roster.unclaim(job.id);
      throw error;
    }
    events.publish("cron", { action: "started", jobId: job.id, job: running, runAtMs: startedAtMs });
    if (isDetached(job)) {
      await tasks.begin(
        {
          taskId: claim.taskId,
          kind: "automation_run",
          runtime: "cron",
          title: job.name,
          agentId: agentOf(job, parts.agents),
          sourceId: job.id,
          runId: taskRunId(job, claim),
          progressSummary: "Running automation.",
        },
        async (reason) => {
          if (job.payload.kind !== "agentTurn") return false;
          const key = sessionKeyOf(job, claim, parts);
          return (await parts.runs.abort(key, claim.turnId, reason ?? "cancelled")).length > 0;
        },
      );
    }
    void carryOut(running, claim);
  }

  async function carryOut(job: Job, claim: Claim): Promise<void> {
    active.add(job.id);
    try {
      const result = await execute(job, claim, parts);
      // What the end of the gateway cut short is taken up by the next start, under the same claim.
      if (isStopped && result.status !== "ok") return;
      await conclude(job.id, claim, result);
    } catch (error) {
      if (isStopped) return;
      const text = error instanceof Error ? error.message : String(error);
      await conclude(job.id, claim, { status: "error", error: text }).catch((failure: unknown) =>
        log.error({ err: failure, jobId: job.id }, "a scheduled run could not be put on record"),
      );
    } finally {
      active.delete(job.id);
      arm();
    }
  }

  async function conclude(jobId: string, claim: Claim, result: RunResult): Promise<void> {
    const job = roster.jobs.get(jobId);
    // A job that was removed meanwhile leaves a line of history all the same.
    const endedAtMs = clock.now();
    const report = job === undefined ? undefined : deliver(job, result);
    const after = job === undefined ? undefined : settled(job, claim, result, endedAtMs);
    const isSpent =
      after?.deleteAfterRun === true &&
      after.schedule.kind === "at" &&
      result.status === "ok" &&
      report?.completionStatus === "succeeded";
    const nextRunAtMs = isSpent ? undefined : after?.state.nextRunAtMs;
    const entry: RunEntry = {
      action: "finished",
      ts: endedAtMs,
      jobId,
      jobName: job?.name ?? jobId,
      runId: claim.runId,
      runAtMs: claim.startedAtMs,
      durationMs: endedAtMs - claim.startedAtMs,
      ...result,
      ...(report ?? { completionStatus: "failed", deliveryStatus: "not-requested" }),
      ...(nextRunAtMs === undefined ? {} : { nextRunAtMs }),
    };
    const kept = isSpent || after === undefined ? undefined : withDelivery(after, entry);
    // In memory first: a change that comes while the store writes builds on the job as it is after the run.
    roster.settle(jobId, kept);
    await store.conclude(entry, kept);
    tell(entry, kept ?? after);
    if (job === undefined || !isDetached(job)) return;
    await tasks.end(claim.taskId, {
      status: entry.completionStatus === "succeeded" ? "completed" : "failed",
      ...(result.summary === undefined ? {} : { terminalSummary: result.summary }),
      ...(result.error === undefined ? {} : { error: result.error }),
      ...(result.sessionKey === undefined ? {} : { childSessionKey: result.sessionKey, hasTranscript: true }),
    });
  }

  function tell(entry: RunEntry, job: Job | undefined): void {
    const { ts: _, jobName: _name, ...told } = entry;
    events.publish("cron", { ...told, ...(job === undefined ? {} : { job }) });
    if (job !== undefined && !roster.jobs.has(entry.jobId)) {
      events.publish("cron", { action: "removed", jobId: entry.jobId, job });
    }
  }

  /** The job after a run: what it remembers, and when it is due again. */
  function settled(job: Job, claim: Claim, result: RunResult, endedAtMs: number): Job {
    const { runningAtMs: _, lastError: _error, nextRunAtMs: pendingAtMs, ...before } = job.state;
    const isError = result.status === "error";
    const consecutiveErrors = isError ? (before.consecutiveErrors ?? 0) + 1 : 0;
    const state: JobState = {
      ...before,
      lastRunAtMs: claim.startedAtMs,
      lastRunStatus: result.status,
      lastStatus: result.status,
      lastDurationMs: endedAtMs - claim.startedAtMs,
      consecutiveErrors,
      consecutiveSkipped: result.status === "skipped" ? (before.consecutiveSkipped ?? 0) + 1 : 0,
      lastFailureNotificationDeliveryStatus: "not-requested",
      ...(result.error === undefined ? {} : { lastError: result.error }),
    };
    if (!job.enabled) return { ...job, state };
    if (job.schedule.kind === "at") {
      // A run by hand before the moment leaves the moment as it is.
      const isAhead = claim.isManual && pendingAtMs !== undefined && pendingAtMs > endedAtMs;
      if (isAhead) return { ...job, state: { ...state, nextRunAtMs: pendingAtMs } };
      return { ...job, enabled: false, state };
    }
    const isPending = claim.isManual && pendingAtMs !== undefined && pendingAtMs > endedAtMs;
    const natural = isPending ? pendingAtMs : nextRunAt(job, endedAtMs, times);
    if (natural === undefined) return { ...job, state };
    const earliest = isPending ? natural : endedAtMs + backoffMs(consecutiveErrors);
    return { ...job, state: { ...state, nextRunAtMs: Math.max(natural, isError ? earliest : natural) } };
  }

  return {
    arm,
    begin,
    resume(job, claim) {
      // A program that was begun may have done its work or half of it; nobody can tell, so it is not begun again.
      const isRepeatable = job.payload.kind !== "command";
      if (isRepeatable) return void carryOut(job, claim);
      conclude(job.id, claim, INTERRUPTED).catch((error: unknown) =>
        log.error({ err: error, jobId: job.id }, "an interrupted run could not be put on record"),
      );
    },
    nextWakeAt,
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}

const INTERRUPTED: RunResult = { status: "error", error: "interrupted by a gateway restart" };

/** The gateway's own beat is a turn of the conversation, not work beside it. */
function isDetached(job: Job): boolean {
  return job.payload.kind !== "heartbeat";
}

function taskRunId(job: Job, claim: Claim): string {
  const base = `cron:${job.id}:${claim.startedAtMs}:${claim.turnId}`;
  return claim.isManual ? `${base}:${claim.runId}` : base;
}

function withDelivery(job: Job, entry: RunEntry): Job {
  const { lastDeliveryError: _, ...state } = job.state;
  return {
    ...job,
    state: {
      ...state,
      // The reference's words for the state are those of the history.
      lastDeliveryStatus: entry.deliveryStatus as NonNullable<JobState["lastDeliveryStatus"]>,
      ...(entry.delivered === undefined ? {} : { lastDelivered: entry.delivered }),
      ...(entry.deliveryError === undefined ? {} : { lastDeliveryError: entry.deliveryError }),
      ...(entry.diagnostics === undefined
        ? {}
        : {
            lastDiagnostics: entry.diagnostics,
            lastDiagnosticSummary: String(entry.diagnostics["summary"]),
          }),
    },
  };
}

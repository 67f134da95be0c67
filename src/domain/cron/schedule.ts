import type { Job, Schedule } from "./job.ts";
import type { CronTimes } from "./times.ts";

/** Hourly jobs on the hour are spread over this, so that not all of them wake at once. */
const STAGGER_DEFAULT_MS = 5 * 60 * 1_000;

/** Waits after one, two, three … failures in a row. */
const BACKOFF_MS = [30_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const;

/** The least time between a run's end and the next, after so many failures in a row. */
export function backoffMs(consecutiveErrors: number): number {
  if (consecutiveErrors <= 0) return 0;
  return BACKOFF_MS[Math.min(consecutiveErrors, BACKOFF_MS.length) - 1] ?? 0;
}

/** True for expressions that name minute 0 of every hour. */
export function isTopOfHour(expression: string): boolean {
  const fields = expression.trim().split(/\s+/);
  const [minute, hour] = fields.length === 6 ? fields.slice(1, 3) : fields;
  const isSecondZero = fields.length !== 6 || fields[0] === "0";
  return isSecondZero && minute === "0" && (hour === "*" || hour?.startsWith("*/") === true);
}

/** The schedule with what it says by saying nothing: an anchor, a stagger, one way to write a moment. */
export function settleSchedule(schedule: Schedule, nowMs: number): Schedule {
  switch (schedule.kind) {
    case "every":
      return { ...schedule, anchorMs: schedule.anchorMs ?? nowMs };
    case "cron":
      return schedule.staggerMs === undefined && isTopOfHour(schedule.expr)
        ? { ...schedule, staggerMs: STAGGER_DEFAULT_MS }
        : schedule;
    case "at":
    case "on-exit":
    case "stream":
      return schedule;
  }
}

/**
 * The first moment after `afterMs` at which the job is due, or undefined when there is none any more. A stagger moves
 * every occurrence of a job by the same time, which its id decides, so neither a restart nor an edit moves it again.
 */
export function nextRunAt(
  job: Pick<Job, "id" | "schedule" | "createdAtMs">,
  afterMs: number,
  times: CronTimes,
): number | undefined {
  const { schedule } = job;
  switch (schedule.kind) {
    case "at": {
      const atMs = Date.parse(schedule.at);
      return atMs > afterMs ? atMs : undefined;
    }
    case "every": {
      const anchorMs = schedule.anchorMs ?? job.createdAtMs;
      if (afterMs < anchorMs) return anchorMs;
      const steps = Math.floor((afterMs - anchorMs) / schedule.everyMs) + 1;
      return anchorMs + steps * schedule.everyMs;
    }
    case "cron": {
      const offsetMs = staggerOffset(job.id, schedule.staggerMs ?? 0);
      const named = times.next(schedule.expr, zoneOf(schedule.tz), afterMs - offsetMs);
      return named === undefined ? undefined : named + offsetMs;
    }
    case "on-exit":
    case "stream":
      return undefined;
  }
}

export function zoneOf(tz: string | undefined): string | undefined {
  const zone = tz?.trim();
  return zone === undefined || zone === "" ? undefined : zone;
}

/** FNV-1a of the id, spread over the window. Whole seconds, so that times stay readable. */
function staggerOffset(id: string, windowMs: number): number {
  const seconds = Math.floor(windowMs / 1_000);
  if (seconds <= 0) return 0;
  let hash = 0x811c9dc5;
  for (const char of id) {
    hash ^= char.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return (hash % seconds) * 1_000;
}

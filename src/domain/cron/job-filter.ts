import type { Job } from "./job.ts";

export interface JobFilter {
  readonly includeDisabled?: boolean;
  readonly enabled?: "all" | "enabled" | "disabled";
  readonly scheduleKind?: string;
  readonly lastRunStatus?: string;
  readonly trigger?: "all" | "conditional" | "unconditional";
  readonly query?: string;
  readonly agentId?: string;
  readonly sessionKey?: string;
  readonly agentOf: (job: Job) => string;
}

/** Whether a list with these wishes shows the job. */
export function isMeant(job: Job, filter: JobFilter): boolean {
  const shown = filter.enabled ?? (filter.includeDisabled === true ? "all" : "enabled");
  if (shown !== "all" && job.enabled !== (shown === "enabled")) return false;
  if (!fits(filter.scheduleKind, job.schedule.kind)) return false;
  if (!fits(filter.lastRunStatus, job.state.lastRunStatus ?? "unknown")) return false;
  if (filter.trigger === "conditional") return false;
  if (filter.agentId !== undefined && filter.agentOf(job) !== filter.agentId) return false;
  if (filter.sessionKey !== undefined && job.sessionKey !== filter.sessionKey) return false;
  const query = filter.query?.trim().toLowerCase() ?? "";
  const texts = [job.id, job.name, job.displayName, job.description, job.agentId, job.declarationKey];
  return query === "" || texts.some((text) => text?.toLowerCase().includes(query) === true);
}

function fits(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === "all" || wanted === actual;
}

/** Jobs that are never due come last, whichever way round. */
export function sorted(
  jobs: readonly Job[],
  order: { readonly sortBy?: "nextRunAtMs" | "updatedAtMs" | "name"; readonly sortDir?: "asc" | "desc" },
): Job[] {
  const sign = order.sortDir === "desc" ? -1 : 1;
  const byName = (a: Job, b: Job): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return jobs.toSorted((a, b) => {
    if (order.sortBy === "name") return sign * byName(a, b);
    if (order.sortBy === "updatedAtMs") return sign * (a.updatedAtMs - b.updatedAtMs) || byName(a, b);
    const [x, y] = [a.state.nextRunAtMs, b.state.nextRunAtMs];
    if (x === undefined || y === undefined) {
      return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0) || byName(a, b);
    }
    return sign * (x - y) || byName(a, b);
  });
}

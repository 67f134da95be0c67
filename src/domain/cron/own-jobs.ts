import type { Job } from "./job.ts";
import type { Roster } from "./roster.ts";
import type { CronStore } from "./store.ts";
import type { SystemJob } from "./system-jobs.ts";
import { configRevision } from "./view.ts";

export interface OwnJobChange {
  readonly action: "added" | "updated" | "removed";
  readonly job: Job;
}

interface Parts {
  readonly roster: Roster;
  readonly store: CronStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** The job with its next run worked out anew. */
  readonly withNext: (job: Job) => Job;
}

/** Makes the gateway's own jobs, as far as they are meant, what they are wanted to be, and says what that took. */
export async function convergeOwnJobs(
  wanted: readonly SystemJob[],
  isMeant: (job: Pick<Job, "declarationKey">) => boolean,
  { roster, store, now, newId, withNext }: Parts,
): Promise<readonly OwnJobChange[]> {
  const changes: OwnJobChange[] = [];
  for (const one of wanted) {
    const known = roster.declared(one.declarationKey);
    const { id, createdAtMs, state } = known ?? { id: newId(), createdAtMs: now(), state: {} };
    const job: Job = { ...one, id, createdAtMs, updatedAtMs: now(), state };
    if (known !== undefined && configRevision(known) === configRevision(job)) continue;
    const saved = withNext(job);
    await roster.save(saved);
    changes.push({ action: known === undefined ? "added" : "updated", job: saved });
  }
  const keys = new Set(wanted.map(({ declarationKey }) => declarationKey));
  for (const job of [...roster.jobs.values()]) {
    if (!isMeant(job) || keys.has(job.declarationKey ?? "")) continue;
    roster.settle(job.id, undefined);
    await store.remove(job.id);
    changes.push({ action: "removed", job });
  }
  return changes;
}

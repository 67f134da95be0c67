import { checkCombination, checkedSchedule, cronFailure, settledPayload, toolPolicy } from "./draft.ts";
import type { Delivery, Job, JobPatch, Payload } from "./job.ts";
import { settleSchedule } from "./schedule.ts";
import type { CronTimes } from "./times.ts";

type Json = Readonly<Record<string, unknown>>;

/** `null` takes a member away, absence leaves it, anything else replaces it. */
function merged(base: Json, patch: Json): Record<string, unknown> {
  const entries = Object.entries({ ...base, ...patch });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

/** The job as a patch leaves it, checked like a new one. */
export function patched(
  job: Job,
  patch: JobPatch,
  parts: { readonly method: string; readonly now: number; readonly times: CronTimes },
): Job {
  if (patch.trigger !== undefined && patch.trigger !== null) {
    throw cronFailure("cron condition triggers are not supported by this gateway");
  }
  const { schedule, payload, delivery, state, trigger: _, ...plain } = patch;
  const changed: Job = {
    // The members of a patch are those of a job; what `merged` leaves out are the ones that null took away.
    ...(merged(job as unknown as Json, plain) as unknown as Job),
    schedule:
      schedule === undefined ? job.schedule : settleSchedule(checkedSchedule(schedule, parts), parts.now),
    payload: payload === undefined ? job.payload : mergedPayload(job.payload, payload),
    state: state === undefined ? job.state : { ...job.state, ...state },
    updatedAtMs: parts.now,
  };
  const settled = mergedDelivery(job, changed.sessionTarget, delivery);
  const { delivery: _before, scheduledToolPolicy: _policy, ...rest } = changed;
  const next: Job = {
    ...rest,
    ...(settled === undefined ? {} : { delivery: settled }),
    ...toolPolicy(changed.payload),
  };
  checkCombination(next, parts.method);
  return next;
}

/** A payload of another kind replaces the old one; of the same kind it changes what it names. */
function mergedPayload(base: Payload, patch: NonNullable<JobPatch["payload"]>): Payload {
  const from: Json = base.kind === patch.kind ? base : {};
  // Checked by the schema of patches and, for what a change of kind needs, by `required` below.
  const next = merged(from, patch) as unknown as Payload;
  const missing = required(next);
  if (missing !== undefined) throw cronFailure(`cron.update payload.kind="${next.kind}" requires ${missing}`);
  return settledPayload(next);
}

function required(payload: Payload): string | undefined {
  switch (payload.kind) {
    case "agentTurn":
      return payload.message === undefined ? "message" : undefined;
    case "systemEvent":
      return payload.text === undefined ? "text" : undefined;
    case "command":
      return payload.argv === undefined ? "argv" : undefined;
    case "script":
      return payload.script === undefined ? "script" : undefined;
    case "heartbeat":
      return undefined;
  }
}

function mergedDelivery(job: Job, sessionTarget: string, patch: JobPatch["delivery"]): Delivery | undefined {
  if (patch === undefined) {
    const isMoved = sessionTarget !== job.sessionTarget;
    if (isMoved && sessionTarget === "main" && job.delivery?.mode === "announce") return undefined;
    return job.delivery;
  }
  const mode = patch.mode ?? job.delivery?.mode ?? "announce";
  // The three modes share their members; the schema of patches has checked them.
  return { ...merged((job.delivery ?? {}) as Json, patch as Json), mode } as unknown as Delivery;
}

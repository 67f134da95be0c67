import { POLICY } from "../../../schemas/policy.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";
import type { Publisher } from "../events.ts";

/** One attempt at an update, as it is kept and told. */
export interface UpdateRun {
  readonly runId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly trigger: "chat" | "control-ui" | "cli" | "campaign" | "mac-app" | "api";
  readonly phase: "requested" | "finished";
  readonly status: "running" | "skipped";
  readonly reason: string | null;
  readonly origin: Record<string, unknown>;
  readonly target: Record<string, unknown>;
  readonly before: { readonly version: string };
  readonly after: Record<string, never>;
  readonly steps: never[];
  readonly verification: {
    readonly runningVersion: string;
    readonly serviceRunning: true;
    readonly pid: number;
  };
  readonly repair: never[];
  readonly confirmedAtMs: null;
  readonly finishedAtMs: number | null;
  readonly downtimeMs: null;
}

/** What is asked for together with an update. */
export interface UpdateRequest {
  readonly trigger: UpdateRun["trigger"];
  readonly channel: string;
  readonly sessionKey?: string;
  readonly deliveryContext?: Record<string, unknown>;
  readonly sha?: string;
}

/** Attempts at updates. They are on record although none can come to anything: see `UNMANAGED`. */
export interface UpdateRuns {
  /** Puts an attempt on record, and how it ended. */
  attempt(request: UpdateRequest): Promise<UpdateRun>;
  list(limit: number): Promise<readonly UpdateRun[]>;
  get(runId: string): Promise<UpdateRun | undefined>;
}

const SCOPE = "update-runs";

const DOCTOR_HINT = "When something looks wrong afterwards: understudy doctor";

/** What stays behind of the last attempt, for whoever looks after a restart. */
export function sentinelOf(
  run: UpdateRun,
  after: { readonly version: string } | null,
): Record<string, unknown> {
  const { runId, status, reason, before, steps, origin, target } = run;
  return {
    kind: "update",
    status,
    ts: run.updatedAtMs,
    doctorHint: origin["doctorHint"],
    stats: {
      runId,
      mode: "unknown",
      target: `${String(target["channel"])} channel`,
      before,
      after,
      steps,
      reason,
      durationMs: 0,
    },
  };
}

/** A process that did not install itself does not replace itself. */
const UNMANAGED = "unmanaged-install";

export function createUpdateRuns(parts: {
  readonly documents: Documents;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
}): UpdateRuns {
  const { documents, clock, ids, events } = parts;

  async function put(run: UpdateRun): Promise<void> {
    await documents.write(SCOPE, run.runId, run);
    const { runId, phase, status, updatedAtMs } = run;
    events.publish("update.run.changed", { runId, phase, status, updatedAtMs });
  }

  async function newestFirst(): Promise<UpdateRun[]> {
    const names = await documents.names(SCOPE);
    const runs = await Promise.all(names.map((name) => documents.read(SCOPE, name)));
    // What stands in this scope was written above.
    return (runs as UpdateRun[]).toSorted((one, other) => other.createdAtMs - one.createdAtMs);
  }

  async function forget(): Promise<void> {
    const stale = (await newestFirst()).slice(POLICY.updateRunsMax);
    await Promise.all(stale.map(({ runId }) => documents.write(SCOPE, runId, undefined)));
  }

  return {
    async attempt({ trigger, channel, sessionKey, deliveryContext, sha }) {
      const now = clock.now();
      const begun: UpdateRun = {
        runId: ids.uuid(),
        createdAtMs: now,
        updatedAtMs: now,
        trigger,
        phase: "requested",
        status: "running",
        reason: null,
        origin: {
          doctorHint: DOCTOR_HINT,
          ...(sessionKey === undefined ? {} : { sessionKey }),
          ...(deliveryContext === undefined ? {} : { deliveryContext }),
        },
        target: { channel, ...(sha === undefined ? { kind: "package" } : { kind: "git", sha }) },
        before: { version: REFERENCE_VERSION },
        after: {},
        steps: [],
        verification: { runningVersion: REFERENCE_VERSION, serviceRunning: true, pid: process.pid },
        repair: [],
        confirmedAtMs: null,
        finishedAtMs: null,
        downtimeMs: null,
      };
      await put(begun);
      const at = clock.now();
      const ended: UpdateRun = {
        ...begun,
        phase: "finished",
        status: "skipped",
        reason: UNMANAGED,
        updatedAtMs: at,
        finishedAtMs: at,
      };
      await put(ended);
      await forget();
      return ended;
    },
    list: async (limit) => (await newestFirst()).slice(0, limit),
    get: async (runId) => (await newestFirst()).find((run) => run.runId === runId),
  };
}

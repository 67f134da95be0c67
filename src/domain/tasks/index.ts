import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";

export type TaskStatus = "queued" | "running" | "completed" | "failed" | "cancelled" | "timed_out";

/** Where the work stands right now. */
export interface Execution {
  readonly state: "unknown" | "queued" | "running" | "finished";
  readonly lastActivityAt?: number;
  readonly currentTool?: { readonly name: string; readonly startedAt: number };
}

/** Work that goes on beside a conversation. Stored and shown as it is. */
export interface Task {
  readonly id: string;
  readonly taskId: string;
  readonly kind: string;
  readonly runtime: string;
  readonly status: TaskStatus;
  readonly title: string;
  readonly agentId: string;
  readonly sessionKey: string;
  readonly ownerKey: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly childSessionKey?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly deliveryStatus: string;
  readonly execution: Execution;
  readonly hasTranscript: boolean;
  readonly flowId?: string;
  readonly toolUseCount?: number;
  readonly lastToolName?: string;
  /** The last thing that was said; gone when the work is over. */
  readonly lastActivity?: string;
  readonly progressSummary?: string;
  readonly terminalSummary?: string;
  readonly error?: string;
}

export type NewTask = Pick<Task, "taskId" | "kind" | "runtime" | "title" | "agentId" | "sourceId" | "runId"> &
  Partial<
    Pick<
      Task,
      | "sessionKey"
      | "ownerKey"
      | "childSessionKey"
      | "deliveryStatus"
      | "execution"
      | "hasTranscript"
      | "progressSummary"
      | "flowId"
    >
  >;

export interface TaskQuery {
  readonly statuses?: readonly string[];
  readonly agentId?: string;
  readonly sessionKey?: string;
}

/** Where tasks are kept. */
export interface TaskStore {
  put(task: Task): Promise<void>;
  get(taskId: string): Promise<Task | undefined>;
  /** The latest change first. */
  recent(limit: number): Promise<readonly Task[]>;
}

/** The ledger of detached work. Each change is told as `task`. */
export interface Tasks {
  begin(task: NewTask, cancel?: (reason: string | undefined) => Promise<boolean>): Promise<void>;
  /** Tells how far the work has come. It is shown, and kept only with the next beginning or end. */
  progress(taskId: string, change: Partial<Task>): void;
  end(taskId: string, change: Partial<Task> & Pick<Task, "status">): Promise<void>;
  get(taskId: string): Promise<Task | undefined>;
  list(query: TaskQuery): Promise<readonly Task[]>;
  /** Asks the work to stop; false when it is over or cannot be stopped. */
  cancel(taskId: string, reason: string | undefined): Promise<boolean>;
  /** Adds to what is known of work that is over. */
  amend(taskId: string, change: Partial<Task>): Promise<void>;
  /** Closes what a stop of the gateway left open. Called once, before anything begins. */
  recover(): Promise<void>;
}

const SHOWN_STATUS: Record<TaskStatus, string> = {
  queued: "queued",
  running: "running",
  completed: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
  timed_out: "timed_out",
};
const STATUSES = ["queued", "running", "succeeded", "failed", "timed_out", "cancelled", "lost"];
const RUNTIMES = ["subagent", "acp", "cli", "cron"];
const FAILURES = ["failed", "timed_out", "lost"];

/** How many tasks there are of each kind, as `status` tells it. */
export function tallyOf(tasks: readonly Pick<Task, "status" | "runtime">[]) {
  const none = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  const [byStatus, byRuntime] = [none(STATUSES), none(RUNTIMES)];
  for (const { status, runtime } of tasks) {
    const shown = SHOWN_STATUS[status];
    byStatus[shown] = (byStatus[shown] ?? 0) + 1;
    byRuntime[runtime] = (byRuntime[runtime] ?? 0) + 1;
  }
  const active = (byStatus["queued"] ?? 0) + (byStatus["running"] ?? 0);
  const failures = FAILURES.reduce((sum, name) => sum + (byStatus[name] ?? 0), 0);
  return { total: tasks.length, active, terminal: tasks.length - active, failures, byStatus, byRuntime };
}

/** What is said of work that a stop of the gateway cut off. */
const CUT_OFF = "interrupted by a restart";

export function createTasks(parts: {
  readonly store: TaskStore;
  readonly events: Publisher;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}): Tasks {
  const { store, events, clock } = parts;
  const stoppers = new Map<string, (reason: string | undefined) => Promise<boolean>>();

  /** Work that began in this process and has not ended, as it was last shown. */
  const live = new Map<string, Task>();

  // Shown first: what comes next about the same work must not overtake it.
  const save = async (task: Task): Promise<void> => {
    events.publish("task", { action: "upserted", task });
    await store.put(task);
  };

  const over = (known: Task, change: Partial<Task>): Task => {
    const { lastActivity: _, ...kept } = known;
    const now = clock.now();
    return { ...kept, ...change, updatedAt: now, endedAt: now, execution: { state: "finished" } };
  };

  return {
    async begin(fresh, cancel) {
      const now = clock.now();
      if (cancel !== undefined) stoppers.set(fresh.taskId, cancel);
      const task: Task = {
        id: fresh.taskId,
        status: "running",
        sessionKey: "",
        ownerKey: "",
        createdAt: now,
        updatedAt: now,
        startedAt: now,
        deliveryStatus: "not_applicable",
        execution: { state: "running" },
        hasTranscript: false,
        ...fresh,
      };
      live.set(task.taskId, task);
      await save(task);
    },
    progress(taskId, change) {
      const known = live.get(taskId);
      if (known === undefined) return;
      const task = { ...known, ...change };
      live.set(taskId, task);
      events.publish("task", { action: "upserted", task });
    },
    async end(taskId, change) {
      stoppers.delete(taskId);
      const known = live.get(taskId) ?? (await store.get(taskId));
      // What was cancelled stays cancelled, whatever its work comes back with.
      if (known === undefined || known.status === "cancelled") return;
      live.delete(taskId);
      await save(over(known, change));
    },
    get: (taskId) => store.get(taskId),
    async list(query) {
      const tasks = await store.recent(POLICY.tasksMax);
      return tasks.filter(
        (task) =>
          (query.statuses?.includes(task.status) ?? true) &&
          (query.agentId === undefined || task.agentId === query.agentId) &&
          (query.sessionKey === undefined ||
            [task.sessionKey, task.childSessionKey].includes(query.sessionKey)),
      );
    },
    async cancel(taskId, reason) {
      const known = live.get(taskId) ?? (await store.get(taskId));
      const stop = stoppers.get(taskId);
      if (known === undefined || stop === undefined || !(await stop(reason))) return false;
      stoppers.delete(taskId);
      const cancelled = over(known, {
        status: "cancelled",
        ...(reason === undefined ? {} : { error: reason }),
      });
      live.set(taskId, cancelled);
      await save(cancelled);
      live.delete(taskId);
      return true;
    },
    async amend(taskId, change) {
      const known = await store.get(taskId);
      if (known !== undefined) await save({ ...known, ...change, updatedAt: clock.now() });
    },
    async recover() {
      const open = (await store.recent(POLICY.tasksMax)).filter((task) => task.status === "running");
      await Promise.all(open.map((task) => store.put(over(task, { status: "failed", error: CUT_OFF }))));
    },
  };
}

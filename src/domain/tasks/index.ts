import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";

export type TaskStatus = "queued" | "running" | "completed" | "failed" | "cancelled" | "timed_out";

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
  readonly execution: { readonly state: "running" | "finished" };
  readonly hasTranscript: boolean;
  readonly progressSummary?: string;
  readonly terminalSummary?: string;
  readonly error?: string;
}

export type NewTask = Pick<
  Task,
  "taskId" | "kind" | "runtime" | "title" | "agentId" | "sourceId" | "runId"
> & {
  readonly progressSummary: string;
};

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
  end(taskId: string, change: Partial<Task> & Pick<Task, "status">): Promise<void>;
  get(taskId: string): Promise<Task | undefined>;
  list(query: TaskQuery): Promise<readonly Task[]>;
  /** Asks the work to stop; false when it is over or cannot be stopped. */
  cancel(taskId: string, reason: string | undefined): Promise<boolean>;
}

export function createTasks(parts: {
  readonly store: TaskStore;
  readonly events: Publisher;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}): Tasks {
  const { store, events, clock } = parts;
  const stoppers = new Map<string, (reason: string | undefined) => Promise<boolean>>();

  const save = async (task: Task): Promise<void> => {
    await store.put(task);
    events.publish("task", { action: "upserted", task });
  };

  return {
    async begin(fresh, cancel) {
      const now = clock.now();
      if (cancel !== undefined) stoppers.set(fresh.taskId, cancel);
      await save({
        ...fresh,
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
      });
    },
    async end(taskId, change) {
      stoppers.delete(taskId);
      const known = await store.get(taskId);
      // What was cancelled stays cancelled, whatever its work comes back with.
      if (known === undefined || known.status === "cancelled") return;
      const now = clock.now();
      await save({ ...known, ...change, updatedAt: now, endedAt: now, execution: { state: "finished" } });
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
      const known = await store.get(taskId);
      const stop = stoppers.get(taskId);
      if (known === undefined || stop === undefined || !(await stop(reason))) return false;
      const now = clock.now();
      const cancelled: Task = {
        ...known,
        status: "cancelled",
        updatedAt: now,
        endedAt: now,
        execution: { state: "finished" },
        ...(reason === undefined ? {} : { error: reason }),
      };
      await save(cancelled);
      return true;
    },
  };
}

import {
  tasksCancel,
  tasksDismiss,
  tasksGet,
  tasksList,
  tasksRetry,
} from "../../../schemas/methods/tasks/tasks.ts";
import type { Task } from "../../domain/tasks/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

const LIMIT_DEFAULT = 100;

export default [
  method(tasksList, async ({ params, deps }) => {
    const { status, limit = LIMIT_DEFAULT } = params;
    const tasks = await deps.tasks.list({
      ...(status === undefined ? {} : { statuses: typeof status === "string" ? [status] : status }),
      ...(params.agentId === undefined ? {} : { agentId: params.agentId }),
      ...(params.sessionKey === undefined ? {} : { sessionKey: params.sessionKey }),
    });
    const ordered =
      params.sortBy === "endedAt" ? tasks.toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)) : tasks;
    const offset = offsetOf(params.cursor);
    const end = offset + limit;
    return {
      tasks: ordered.slice(offset, end).map((task) => ({ ...task })),
      ...(end < ordered.length ? { nextCursor: String(end) } : {}),
    };
  }),
  method(tasksGet, async ({ params, deps }) => ({ task: { ...(await mustGet(deps, params.taskId)) } })),
  method(tasksCancel, async ({ params, deps }) => {
    const task = await deps.tasks.get(params.taskId);
    if (task === undefined) return { found: false, cancelled: false, reason: "Task not found." };
    const cancelled = await deps.tasks.cancel(params.taskId, params.reason);
    const after = (await deps.tasks.get(params.taskId)) ?? task;
    return {
      found: true,
      cancelled,
      ...(cancelled ? {} : { reason: "Task is already terminal." }),
      task: { ...after },
    };
  }),
  // Both are for results of subagents that could not be handed over; no task here is one.
  method(tasksRetry, ({ params }) => ({
    results: params.taskIds.map((taskId) => ({
      taskId,
      ok: false,
      reason: "task has no recoverable subagent completion",
    })),
  })),
  method(tasksDismiss, ({ params }) => ({
    results: params.taskIds.map((taskId) => ({
      taskId,
      ok: false,
      reason: "completion delivery is not blocked",
    })),
  })),
] satisfies Method[];

async function mustGet(deps: Deps, taskId: string): Promise<Task> {
  const task = await deps.tasks.get(taskId);
  if (task === undefined) throw invalidRequest(`task not found: ${taskId}`);
  return task;
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw invalidRequest("invalid tasks.list cursor");
  return Number(cursor);
}

import {
  tasksCancel,
  tasksDismiss,
  tasksGet,
  tasksHistory,
  tasksList,
  tasksRetry,
} from "../../../schemas/methods/tasks/tasks.ts";
import type { Task } from "../../domain/tasks/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";
import { mustBelong } from "../target.ts";

const LIMIT_DEFAULT = 100;
const HISTORY_DEFAULT = 50;

export default [
  method(tasksList, async ({ params, deps }) => {
    const { status, limit = LIMIT_DEFAULT } = params;
    mustBelong(deps.sessions, params);
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
      ...(end < ordered.length ? { nextCursor: Buffer.from(`tasks:${end}`).toString("base64url") } : {}),
    };
  }),
  method(tasksGet, async ({ params, deps }) => ({ task: { ...(await mustGet(deps, params.taskId)) } })),
  method(tasksHistory, async ({ params, deps }) => {
    const task = await deps.tasks.get(params.taskId);
    if (task === undefined) throw invalidRequest("Task not found.");
    return await historyOf(deps, task, params.cursor, params.limit ?? HISTORY_DEFAULT);
  }),
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
  const place = /^tasks:(\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  if (place === undefined)
    throw invalidRequest("invalid or expired tasks.list cursor; restart pagination without a cursor");
  return Number(place);
}

/** What was said in the session that a task worked in, the latest page first. */
async function historyOf(deps: Deps, task: Task, cursor: string | undefined, limit: number) {
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && !(Number.isInteger(before) && before > 0))
    throw invalidRequest("Invalid task history cursor. Refresh the task.");
  const key = task.childSessionKey;
  const entry = key === undefined || !task.hasTranscript ? undefined : await deps.sessions.get(key);
  if (entry === undefined)
    throw new ProtocolError("UNAVAILABLE", "This task has no readable transcript.", { retryable: false });
  const page = await deps.sessions.history(entry.key, {
    limit,
    ...(before === undefined ? {} : { before }),
  });
  const oldest = page.records[0];
  return {
    messages: page.records.map((record) => deps.sessions.toWireMessage(entry, record)),
    ...(page.hasMore && oldest !== undefined ? { nextCursor: String(oldest.seq) } : {}),
  };
}

import { isoTime } from "../../platform/iso.ts";
import { assignmentIn } from "../subagents/index.ts";
import type { Task } from "../tasks/index.ts";
import type { CommandAnswer, CommandContext } from "./context.ts";
import { duration } from "./status-answers.ts";

/** How long an ended one is still listed. */
const RECENT_MS = 30 * 60_000;
/** Messages that a log shows, unless it is asked for another number of them. */
const LOG = { usual: 20, max: 200 };
const RULE = "-----";

const USAGE = [
  "Subagents",
  "Usage:",
  "- /subagents list",
  "- /subagents log <id|#> [limit] [tools]",
  "- /subagents info <id|#>",
  "- /session unbind",
  "- /agents",
  "- /session idle <duration|off>",
  "- /session max-age <duration|off>",
  "",
  "Ids: use the list index (#), runId/session prefix, label, or full session key.",
].join("\n");

/** What the agents are doing that work for this session. */
export async function subagents(context: CommandContext): Promise<CommandAnswer> {
  const [action = "list", target, ...more] = context.argument.split(/\s+/).filter(Boolean);
  if (!["list", "info", "log"].includes(action.toLowerCase())) return { text: USAGE };
  const now = context.clock.now();
  const all = await context.subagents.list(context.request.sessionKey);
  const active = all.filter(({ endedAt }) => endedAt === undefined);
  const recent = all.filter(({ endedAt }) => endedAt !== undefined && now - endedAt <= RECENT_MS);
  const listed = [...active, ...recent];
  if (action.toLowerCase() === "list") {
    const lines = (tasks: readonly Task[], from: number) =>
      tasks.length === 0
        ? ["(none)"]
        : Promise.all(tasks.map(async (task, at) => `${from + at}. ${await lineOf(context, task)}`));
    const [now_, before] = await Promise.all([lines(active, 1), lines(recent, active.length + 1)]);
    const parts = ["active subagents:", RULE, ...now_, "", "recent subagents (last 30m):", RULE, ...before];
    return { text: parts.join("\n") };
  }
  if (target === undefined) {
    const isInfo = action.toLowerCase() === "info";
    return { text: isInfo ? "ℹ️ Usage: /subagents info <id|#>" : "📜 Usage: /subagents log <id|#> [limit]" };
  }
  const task = named(listed, target);
  if (typeof task === "string") return { text: task };
  return {
    text: await (action.toLowerCase() === "info" ? infoOf(context, task) : logOf(context, task, more)),
  };
}

/** The one that is meant, or why it cannot be found. */
function named(tasks: readonly Task[], target: string): Task | string {
  if (target.toLowerCase() === "last") return tasks[0] ?? "⚠️ Unknown subagent.";
  if (/^\d+$/.test(target)) return tasks[Number(target) - 1] ?? `⚠️ Invalid subagent index: ${target}`;
  const wanted = target.toLowerCase();
  const found =
    tasks.find(({ childSessionKey }) => childSessionKey === target) ??
    tasks.find(({ title }) => title.toLowerCase() === wanted) ??
    tasks.find(({ runId, childSessionKey = "" }) =>
      [runId, childSessionKey, childSessionKey.split(":").at(-1) ?? ""].some((id) => id.startsWith(wanted)),
    );
  return found ?? `⚠️ Unknown subagent id: ${target}`;
}

async function messagesOf({ sessions }: CommandContext, { childSessionKey }: Task, limit: number) {
  if (childSessionKey === undefined) return [];
  return (await sessions.history(childSessionKey, { limit })).records.map(({ message }) => message);
}

async function assignmentOf(context: CommandContext, task: Task): Promise<string> {
  const messages = await messagesOf(context, task, LOG.max);
  const given = messages.map((one) => assignmentIn(plain(one.content))).find((one) => one !== undefined);
  return given ?? task.title;
}

async function lineOf(context: CommandContext, task: Task): Promise<string> {
  const entry = await context.sessions.get(task.childSessionKey ?? "");
  const model = entry?.modelOverride ?? context.agents.get(task.agentId)?.model.split("/").slice(1).join("/");
  const facts = [model, duration(runtimeOf(context, task))].filter(Boolean).join(", ");
  return `${task.title} (${facts}) ${wordOf(task)} - ${await assignmentOf(context, task)}`;
}

function runtimeOf({ clock }: CommandContext, { startedAt, createdAt, endedAt }: Task): number {
  return (endedAt ?? clock.now()) - (startedAt ?? createdAt);
}

function wordOf({ status }: Task): string {
  return status === "completed" ? "done" : status;
}

async function infoOf(context: CommandContext, task: Task): Promise<string> {
  const now = context.clock.now();
  const entry = await context.sessions.get(task.childSessionKey ?? "");
  const time = (at: number | undefined) => (at === undefined ? "n/a" : `${isoTime(at)} (${ago(now - at)})`);
  const isOver = task.endedAt !== undefined;
  return [
    "ℹ️ Subagent info",
    `Status: ${wordOf(task)}`,
    `Label: ${task.title}`,
    `Task: ${await assignmentOf(context, task)}`,
    `Run: ${task.runId}`,
    `TaskId: ${task.taskId}`,
    `TaskStatus: ${task.status === "completed" ? "succeeded" : task.status}`,
    `Session: ${task.childSessionKey ?? "n/a"}`,
    `SessionId: ${entry?.sessionId ?? "n/a"}`,
    `Runtime: ${duration(runtimeOf(context, task))}`,
    `Created: ${time(task.createdAt)}`,
    `Started: ${time(task.startedAt)}`,
    `Ended: ${time(task.endedAt)}`,
    "Cleanup: keep",
    ...(isOver ? ["Cleanup handled: yes"] : []),
    `Outcome: ${isOver ? (task.status === "completed" ? "ok" : (task.error ?? task.status)) : "n/a"}`,
    ...(isOver && task.progressSummary !== undefined ? [`Progress: ${task.progressSummary}`] : []),
    `Delivery: ${task.deliveryStatus}`,
  ].join("\n");
}

function ago(ms: number): string {
  return ms < 60_000 ? "just now" : `${duration(ms)} ago`;
}

async function logOf(context: CommandContext, task: Task, more: readonly string[]): Promise<string> {
  const wanted = Number(more.find((word) => /^\d+$/.test(word)) ?? LOG.usual);
  const withTools = more.some((word) => word.toLowerCase() === "tools");
  const messages = await messagesOf(context, task, Math.min(Math.max(1, wanted), LOG.max));
  const lines = messages
    .filter(({ role }) => withTools || role === "user" || role === "assistant")
    .map(({ role, content }) => [role, plain(content).replaceAll(/\s+/g, " ").trim()] as const)
    .filter(([, text]) => text !== "")
    .map(
      ([role, text]) => `${role === "user" ? "User" : role === "assistant" ? "Assistant" : "Tool"}: ${text}`,
    );
  return [`📜 Subagent log: ${task.title}`, ...(lines.length === 0 ? ["(no messages)"] : lines)].join("\n");
}

function plain(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part && typeof part.text === "string"
        ? part.text
        : "",
    )
    .join("");
}

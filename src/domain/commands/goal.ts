import type { Ids } from "../../platform/ids.ts";
import type { Entry, EntryChange } from "../sessions/index.ts";

/** What `/goal` comes to: an answer, a change, and whether the agent is asked to go on. */
export interface GoalStep {
  readonly text: string;
  readonly change?: EntryChange;
  readonly isForModel?: true;
}

type Goal = Readonly<Record<string, unknown>>;

const NOT_FOUND = "Goal error: goal not found";
const COMMANDS: Readonly<Record<string, string>> = {
  active: "/goal edit <objective>, /goal pause, /goal complete, /goal clear",
  complete: "/goal clear",
};
const STOPPED = "/goal resume, /goal edit <objective>, /goal clear";

/** Shows or changes what a session is meant to achieve. */
export function goalStep(
  argument: string,
  entry: Entry | undefined,
  { now, ids }: { readonly now: number; readonly ids: Ids },
): GoalStep {
  const [, word = "", note = ""] = /^(\S*)\s*([\s\S]*)$/.exec(argument) ?? [];
  const goal = entry?.goal;
  const objective = String(goal?.["objective"] ?? "");
  const become = (status: string, more: Goal = {}): EntryChange => ({
    goal: {
      ...goal,
      status,
      updatedAt: now,
      tokensUsed: tokensUsed(goal, entry),
      ...(note === "" ? {} : { lastStatusNote: note }),
      ...more,
    },
  });
  switch (word.toLowerCase()) {
    case "":
    case "status":
      return { text: goal === undefined ? NO_GOAL : shown(goal, entry) };
    case "clear":
      return goal === undefined
        ? { text: "No goal to clear." }
        : { text: "Goal cleared.", change: { goal: undefined } };
    case "pause":
      if (goal === undefined) return { text: NOT_FOUND };
      return { text: `Goal paused: ${objective}`, change: become("paused", { pausedAt: now }) };
    case "resume":
      if (goal === undefined) return { text: NOT_FOUND };
      return { text: `Goal resumed: ${objective}`, change: become("active"), isForModel: true };
    case "block":
      if (goal === undefined) return { text: NOT_FOUND };
      return { text: `Goal blocked: ${objective}`, change: become("blocked", { blockedAt: now }) };
    case "complete": {
      if (goal === undefined) return { text: NOT_FOUND };
      const used = tokensUsed(goal, entry);
      const text = `Goal complete: ${objective}\nTokens used: ${used}`;
      return { text, change: become("complete", { completedAt: now }) };
    }
    case "edit": {
      if (goal === undefined) return { text: NOT_FOUND };
      if (note === "") return { text: "Usage: /goal edit <objective>" };
      return {
        text: `Goal updated: ${note}`,
        change: { goal: { ...goal, objective: note, updatedAt: now } },
      };
    }
    default:
      return begin(word.toLowerCase() === "start" ? note : argument, entry, { now, ids });
  }
}

const NO_GOAL = "No goal for this session.\nStart one with /goal start <objective>.";

function begin(
  objective: string,
  entry: Entry | undefined,
  { now, ids }: { readonly now: number; readonly ids: Ids },
): GoalStep {
  if (objective === "") return { text: "Usage: /goal start <objective>" };
  if (entry?.goal !== undefined) return { text: "Goal error: goal already exists" };
  const goal = {
    schemaVersion: 1,
    id: ids.uuid(),
    objective,
    status: "active",
    createdAt: now,
    updatedAt: now,
    tokenStart: entry?.totalTokens ?? 0,
    tokenStartFresh: true,
    tokensUsed: 0,
    continuationTurns: 0,
  };
  return { text: `Goal started: ${objective}`, change: { goal }, isForModel: true };
}

function shown(goal: Goal, entry: Entry | undefined): string {
  const status = String(goal["status"]);
  const note = goal["lastStatusNote"];
  return [
    "Goal",
    `Status: ${status}`,
    `Objective: ${String(goal["objective"])}`,
    `Tokens used: ${tokensUsed(goal, entry)}`,
    ...(typeof note === "string" ? [`Note: ${note}`] : []),
    "",
    `Commands: ${COMMANDS[status] ?? STOPPED}`,
  ].join("\n");
}

function tokensUsed(goal: Goal | undefined, entry: Entry | undefined): number {
  const start = goal?.["tokenStart"];
  return Math.max(0, (entry?.totalTokens ?? 0) - (typeof start === "number" ? start : 0));
}

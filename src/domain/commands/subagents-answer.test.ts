import { expect, test } from "vitest";
import type { Task } from "../tasks/index.ts";
import type { CommandContext } from "./context.ts";
import { subagents } from "./subagents-answer.ts";

const NOW = 1_000_000_000;

function child(id: string, more: Partial<Task> = {}): Task {
  return {
    ...{
      id,
      taskId: `task-${id}`,
      kind: "subagent",
      runtime: "subagent",
      status: "running",
      title: `Child ${id}`,
    },
    ...{ agentId: "main", sessionKey: "k", ownerKey: "k", sourceId: "s", runId: `run-${id}` },
    ...{ createdAt: NOW - 5_000, updatedAt: NOW, startedAt: NOW - 4_000, deliveryStatus: "pending" },
    ...{
      childSessionKey: `agent:main:subagent:${id}`,
      execution: {} as Task["execution"],
      hasTranscript: true,
    },
    ...more,
  };
}

const TASKS = [
  child("a"),
  child("b", {
    status: "completed",
    endedAt: NOW - 60_000,
    startedAt: NOW - 70_000,
    progressSummary: "All done.",
  }),
  child("c", { status: "failed", endedAt: NOW - 3_600_000 }),
];
const SAID = [
  { role: "user", content: "Context.\n\n[Subagent Task]\n\nCount the files\n\nCarry it out to the end." },
  { role: "assistant", content: [{ type: "text", text: "There are\nseven." }] },
];

async function answer(argument: string): Promise<string> {
  const context = {
    argument,
    request: { sessionKey: "k" },
    clock: { now: () => NOW },
    agents: { get: () => ({ model: "mock/one" }) },
    subagents: { list: async () => TASKS },
    sessions: {
      get: async () => ({ sessionId: "sid" }),
      history: async () => ({ records: SAID.map((message) => ({ message })) }),
    },
  } as unknown as CommandContext; // Only what is asked for here.
  return (await subagents(context)).text;
}

test("[CH17] /subagents lists who works, and who ended a short time ago", async () => {
  expect(await answer("")).toBe(
    [
      "active subagents:\n-----\n1. Child a (one, 4s) running - Count the files\n",
      "recent subagents (last 30m):\n-----\n2. Child b (one, 10s) done - Count the files",
    ].join("\n"),
  );
});

test.for(["2", "run-b", "agent:main:subagent:b"])("[CH17] /subagents info %s", async (target) => {
  const text = await answer(`info ${target}`);
  expect(text).toContain(
    "TaskStatus: succeeded\nSession: agent:main:subagent:b\nSessionId: sid\nRuntime: 10s",
  );
  expect(text).toContain("Outcome: ok\nProgress: All done.\nDelivery: pending");
});

test.for([
  ["info 9", "⚠️ Invalid subagent index: 9"],
  ["log #1", "⚠️ Unknown subagent id: #1"],
  ["info", "ℹ️ Usage: /subagents info <id|#>"],
  ["log", "📜 Usage: /subagents log <id|#> [limit]"],
] as const)("[CH17] /subagents %s is told what is wrong", async ([argument, text]) => {
  expect(await answer(argument)).toBe(text);
});

test("[CH17] /subagents log shows what was said", async () => {
  expect(await answer("log 1")).toContain("📜 Subagent log: Child a\nUser: Context.");
  expect(await answer("log 1")).toMatch(/\nAssistant: There are seven\.$/);
});

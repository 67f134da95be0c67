import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Tasks } from "../tasks/index.ts";
import type { RunOutcome, RunRequest } from "./request.ts";

/** Characters of a message that name the task; what is longer is cut. */
const TITLE_CHARS_MAX = 80;

/** The row of one run in the ledger of detached work. A run without a row has one that does nothing. */
export interface RunTask {
  /** Its turn has come. */
  onTaken(): void;
  /** The model begins. */
  onStarted(): void;
  onTool(name: string): void;
  onToolsDone(): void;
  onSaid(text: string): void;
  onFinished(): void;
  /** Resolves when the end is on record. */
  onEnded(outcome: RunOutcome): Promise<void>;
}

export const NO_TASK: RunTask = {
  onTaken: () => {},
  onStarted: () => {},
  onTool: () => {},
  onToolsDone: () => {},
  onSaid: () => {},
  onFinished: () => {},
  onEnded: async () => {},
};

export interface LedgerParts {
  readonly tasks: Tasks;
  readonly clock: Clock;
  readonly ids: Ids;
  /** A row that could not be written is no reason to stop a run. */
  readonly onError: (error: unknown, runId: string) => void;
}

/** Puts runs of `agent` into the ledger: a chat is its own record, and who spawned a run keeps a row for it. */
export function createLedger({ tasks, clock, ids, onError }: LedgerParts) {
  return (request: RunRequest, cancel: () => boolean): RunTask => {
    if (request.kind !== "agent" || request.isUnlisted === true) return NO_TASK;
    const { runId, sessionKey, agentId } = request;
    const taskId = request.task?.taskId ?? ids.uuid();
    let toolUseCount = 0;
    const begun = tasks.begin(
      {
        taskId,
        kind: "cli",
        runtime: "cli",
        title: titleOf(request.message),
        agentId,
        sessionKey,
        childSessionKey: sessionKey,
        ownerKey: sessionKey,
        hasTranscript: true,
        runId,
        sourceId: runId,
        execution: { state: "unknown" },
        ...request.task,
      },
      async () => cancel(),
    );
    begun.catch((error: unknown) => onError(error, runId));
    const running = (more: { currentTool?: { name: string; startedAt: number } } = {}) => ({
      execution: { state: "running" as const, lastActivityAt: clock.now(), ...more },
    });
    return {
      onTaken: () => tasks.progress(taskId, { execution: { state: "running" } }),
      onStarted: () => tasks.progress(taskId, { ...running(), startedAt: clock.now() }),
      onTool(name) {
        toolUseCount += 1;
        const updatedAt = clock.now();
        const currentTool = { name, startedAt: updatedAt };
        tasks.progress(taskId, { ...running({ currentTool }), updatedAt, toolUseCount, lastToolName: name });
      },
      onToolsDone: () => tasks.progress(taskId, running()),
      onSaid: (text) => tasks.progress(taskId, { ...running(), lastActivity: titleOf(text) }),
      onFinished: () =>
        tasks.progress(taskId, { execution: { state: "finished", lastActivityAt: clock.now() } }),
      async onEnded(outcome) {
        try {
          await tasks.end(taskId, endOf(outcome, request.task !== undefined));
        } catch (error) {
          onError(error, runId);
        }
      },
    };
  };
}

function endOf({ status, text, error }: RunOutcome, isChild: boolean) {
  switch (status) {
    case "ok":
      return isChild
        ? { status: "completed" as const, progressSummary: text }
        : { status: "completed" as const, terminalSummary: "completed" };
    case "timeout":
      return { status: "timed_out" as const, ...(error === undefined ? {} : { error }) };
    case "aborted":
      return { status: "cancelled" as const, ...(error === undefined ? {} : { error }) };
    case "error":
      return { status: "failed" as const, ...(error === undefined ? {} : { error }) };
  }
}

/** The beginning of a text in one line. */
function titleOf(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= TITLE_CHARS_MAX ? line : `${line.slice(0, TITLE_CHARS_MAX - 1)}…`;
}

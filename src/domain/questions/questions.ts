import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import { checkAnswers, checkQuestions } from "./check.ts";
import type { QuestionRecord, QuestionState, Questions } from "./index.ts";

export interface QuestionParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  /** The full key of what a client calls a session. */
  readonly keyFor: (sessionKey: string, agentId: string | undefined) => string;
}

interface Live {
  record: QuestionRecord;
  resolutionId: string | undefined;
  readonly end: PromiseWithResolvers<void>;
  timer: Timer;
}

/** Kept in memory: who asked is gone as well when the gateway is. */
export function createQuestions({ clock, ids, events, keyFor }: QuestionParts): Questions {
  const all = new Map<string, Live>();

  function liveOf(id: string): Live {
    const entry = all.get(id);
    if (entry !== undefined) return entry;
    throw invalidRequest(`question '${id}' was not found`, { details: { reason: "QUESTION_NOT_FOUND" } });
  }

  /** Makes room by forgetting the oldest that has ended. */
  function makeRoom(): void {
    if (all.size < POLICY.questionsMax) return;
    for (const [id, { record }] of all) if (record.status !== "pending") return void all.delete(id);
    throw new ProtocolError("UNAVAILABLE", "too many pending questions");
  }

  function close(entry: Live, change: Partial<QuestionRecord>, resolutionId?: string): QuestionState {
    entry.timer.cancel();
    entry.record = { ...entry.record, ...change };
    entry.resolutionId = resolutionId;
    const state = stateOf(entry.record);
    entry.end.resolve();
    events.publish("question.resolved", { id: entry.record.id, ...state });
    return state;
  }

  function open(id: string): Live {
    const entry = liveOf(id);
    const { status } = entry.record;
    if (status === "pending") return entry;
    throw invalidRequest(`question '${id}' is already ${status}`, {
      details: { reason: "QUESTION_ALREADY_TERMINAL" },
    });
  }

  return {
    ask(input, { isAdmin }) {
      checkQuestions(input.questions, isAdmin);
      const id = input.id ?? ids.uuid();
      if (all.has(id)) {
        throw invalidRequest(`question '${id}' already exists`, {
          details: { reason: "QUESTION_ID_IN_USE" },
        });
      }
      makeRoom();
      const timeoutMs = Math.min(input.timeoutMs ?? POLICY.questionMs, POLICY.timerMsMax);
      const createdAtMs = clock.now();
      const record: QuestionRecord = {
        id,
        questions: input.questions,
        ...belonging(input.sessionKey && keyFor(input.sessionKey, input.agentId), input.agentId),
        ...(input.runId === undefined ? {} : { runId: input.runId }),
        createdAtMs,
        expiresAtMs: createdAtMs + timeoutMs,
        status: "pending",
      };
      const entry: Live = {
        record,
        resolutionId: undefined,
        end: Promise.withResolvers(),
        timer: clock.after(timeoutMs, () => void close(entry, { status: "expired" })),
      };
      all.set(id, entry);
      events.publish("question.requested", record);
      return record;
    },
    pending: () => [...all.values()].map(({ record }) => record).filter(({ status }) => status === "pending"),
    get: (id) => liveOf(id).record,
    async wait(id, timeoutMs) {
      const entry = liveOf(id);
      if (entry.record.status === "pending") {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer =
          timeoutMs === undefined ? undefined : clock.after(Math.min(timeoutMs, POLICY.timerMsMax), resolve);
        await Promise.race([entry.end.promise, promise]);
        timer?.cancel();
      }
      const { resolutionId } = entry;
      return { ...stateOf(entry.record), ...(resolutionId === undefined ? {} : { resolutionId }) };
    },
    answer(id, given, { resolvedBy, resolutionId }) {
      const entry = open(id);
      const answers = checkAnswers(entry.record.questions, given);
      const by = resolvedBy === undefined ? {} : { resolvedBy };
      return close(entry, { status: "answered", answers, ...by }, resolutionId);
    },
    cancel: (id, { resolvedBy }) =>
      close(open(id), { status: "cancelled", ...(resolvedBy === undefined ? {} : { resolvedBy }) }),
  };
}

function stateOf({ status, answers }: QuestionRecord): QuestionState {
  return { status, ...(answers === undefined ? {} : { answers }) };
}

/** A session says which agent it is of. */
function belonging(
  sessionKey: string | undefined,
  agentId: string | undefined,
): { agentId?: string; sessionKey?: string } {
  const agent = agentId ?? /^agent:([^:]+):/.exec(sessionKey ?? "")?.[1];
  return { ...(agent === undefined ? {} : { agentId: agent }), ...(sessionKey ? { sessionKey } : {}) };
}

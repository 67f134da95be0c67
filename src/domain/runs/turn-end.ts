import type { Model } from "../models/index.ts";
import type { EntryChange, Sessions } from "../sessions/index.ts";
import { agentResult } from "./agent-result.ts";
import type { Prompt } from "./assemble.ts";
import { contextBudgetStatus } from "./context-budget.ts";
import { EMPTY_ANSWER, failureTexts, requestFailure } from "./failure-texts.ts";
import { type Answer, failedMessage, unaskedMessage } from "./messages.ts";
import type { ProviderFailure, TokenUsage } from "./provider.ts";
import type { RunOutcome } from "./request.ts";
import { allFailedText, detailOf, fallbackStep } from "./route.ts";
import type { Turn } from "./turn.ts";
import { costOf } from "./usage.ts";

/** What a turn has come to so far. */
export interface TurnState {
  usage: TokenUsage;
  promptTokens: number;
  modelCalls: number;
  /** Tools that did their work at least once. */
  readonly toolNames: Set<string>;
  readonly toolCalls: { calls: number; failures: number; readonly tools: Set<string> };
  startedAt: number;
  /** What the model was asked first. */
  prompt: Prompt;
}

/** What a turn came to, for those who wait for it. */
export function receiptOf(
  turn: Turn,
  answer: { readonly responseModel?: string },
  state: { readonly toolNames: ReadonlySet<string> },
  disposition: string,
) {
  const of = ({ provider, id }: Model) => ({ provider, model: id });
  const requested = of(turn.route.requested);
  return {
    runId: turn.request.runId,
    sessionId: turn.sessionId,
    turnId: turn.request.runId,
    requested,
    effective: { ...of(turn.model), responseModel: answer.responseModel ?? turn.model.id },
    successfulToolNames: [...state.toolNames],
    rerouted: turn.model !== turn.route.requested,
    terminalDisposition: disposition,
  };
}

export async function finish(
  turn: Turn,
  answer: Answer,
  state: TurnState,
  isReplayInvalid: boolean,
): Promise<RunOutcome> {
  const { broadcast, deps, request } = turn;
  const { stopReason } = answer;
  const text = broadcast.text;
  broadcast.modelDone();
  const endedAt = deps.clock.now();
  const { model, sessionId } = turn;
  const budget = contextBudgetStatus(state.prompt, { model, sessionId, now: endedAt });
  const receipt = receiptOf(turn, answer, state, "visible");
  broadcast.lifecycle({
    stopReason,
    aborted: false,
    livenessState: "working",
    phase: "end",
    endedAt,
    startedAt: state.startedAt,
    ...(request.kind === "agent" ? {} : { replayInvalid: isReplayInvalid }),
    terminalReply: { disposition: "visible", text: broadcast.lastText },
    terminalReceipt: receipt,
    executionSettled: true,
  });
  turn.task.onFinished();
  broadcast.final(stopReason);
  settle(
    turn,
    {
      status: "done",
      ...usageChange(turn, state),
      contextBudgetStatus: budget,
      ...(request.kind === "agent" ? { lastActivityAt: endedAt } : {}),
    },
    state.startedAt,
    endedAt,
  );
  note(turn, {}, { phase: "model", runId: request.runId });
  note(turn, {}, { phase: "end", runId: request.runId });
  const { runId } = request;
  const { terminalDisposition: _, ...terminalReceipt } = receipt;
  const about = { text, endedAt, isReplayInvalid, terminalReceipt, contextBudgetStatus: budget };
  // Only who asked by `agent` is shown all this: a chat does not pay for it.
  const result = request.kind === "agent" ? agentResult(turn, answer, state, about) : undefined;
  return {
    runId,
    kind: request.kind,
    status: "ok",
    startedAt: state.startedAt,
    endedAt,
    text,
    stopReason,
    isTurn: true,
    toldAs: broadcast.toldAs,
    receipt,
    ...(result === undefined ? {} : { result }),
  };
}

function usageChange(turn: Turn, state: TurnState): EntryChange {
  return {
    inputTokens: state.usage.input,
    outputTokens: state.usage.output,
    totalTokens: state.promptTokens,
    totalTokensFresh: true,
    estimatedCostUsd: costOf(state.usage, turn.model).total,
  };
}

/** compat(RN10): clients see the turn as aborted and then as failed. */
export async function giveUpEmpty(turn: Turn, answer: Answer, state: TurnState): Promise<RunOutcome> {
  const { broadcast, deps, request } = turn;
  const { runId } = request;
  broadcast.modelDone();
  broadcast.lifecycle(fallbackStep(turn.route, undefined, "format", EMPTY_ANSWER, turn.model));
  const endedAt = deps.clock.now();
  const receipt = receiptOf(turn, answer, state, "not-visible");
  broadcast.lifecycle({
    stopReason: answer.stopReason,
    aborted: false,
    livenessState: "abandoned",
    phase: "error",
    endedAt,
    startedAt: state.startedAt,
    error: EMPTY_ANSWER,
    terminalReply: { disposition: "empty" },
    terminalReceipt: receipt,
    replayInvalid: true,
    executionSettled: true,
  });
  broadcast.aborted(answer.stopReason);
  broadcast.requestFailed(EMPTY_ANSWER);
  const change = { status: "killed", abortedLastRun: true, ...usageChange(turn, state) };
  settle(turn, change, state.startedAt, endedAt);
  for (const phase of ["model", "error"]) note(turn, {}, { phase, runId });
  return {
    runId,
    status: "error",
    startedAt: state.startedAt,
    endedAt,
    text: "",
    error: EMPTY_ANSWER,
    isTurn: true,
    toldAs: broadcast.toldAs,
    receipt,
    stopReason: answer.stopReason,
    result: {
      livenessState: "abandoned",
      terminalReceipt: receipt,
      terminalReply: { disposition: "empty" },
    },
  };
}

export async function fail(turn: Turn, failure: ProviderFailure, startedAt: number): Promise<RunOutcome> {
  const { broadcast, deps, request, model } = turn;
  const { runId } = request;
  const all = allFailedText(turn.route);
  const texts = { ...failureTexts(failure, model), ...(all === undefined ? {} : allTexts(all)) };
  deps.log.warn(
    { runId, reason: failure.reason, status: failure.status, err: failure },
    "a model call failed",
  );
  broadcast.modelDone();
  broadcast.lifecycle(fallbackStep(turn.route, undefined, failure.reason, detailOf(failure), model));
  const endedAt = deps.clock.now();
  await record(turn, failedMessage(texts.transcript, model, runId, endedAt), `${runId}:terminal-error`);
  broadcast.lifecycle({
    aborted: false,
    livenessState: "blocked",
    errorObservation: texts.observation,
    phase: "error",
    endedAt,
    startedAt,
    error: texts.run,
    executionSettled: true,
  });
  broadcast.failed(texts.run, { errorDetail: texts.observation });
  broadcast.requestFailed(texts.request);
  settle(turn, { status: "failed", lastRunError: texts.session }, startedAt, endedAt);
  for (const phase of ["model", "error"]) note(turn, {}, { phase, runId });
  // compat(chat/provider-errors): who asked by `agent` is told of the run, who chats of the request.
  const error = request.kind === "agent" ? texts.run : texts.request;
  return {
    runId,
    status: "error",
    startedAt,
    endedAt,
    text: broadcast.text,
    error,
    ...(failure.status === 400 ? { refusal: detailOf(failure) } : {}),
    isTurn: true,
    toldAs: broadcast.toldAs,
  };
}

/** The model could not even be asked: the transcript says so beside the question, and in no answer's place. */
export async function failUnasked(turn: Turn, error: string, startedAt: number): Promise<RunOutcome> {
  const { broadcast, deps, request } = turn;
  const { runId, kind } = request;
  broadcast.modelDone();
  const endedAt = deps.clock.now();
  broadcast.lifecycle({ phase: "error", endedAt, startedAt, error, executionSettled: true });
  broadcast.failed(error);
  broadcast.requestFailed(requestFailure(error));
  settle(turn, { status: "failed", lastRunError: error }, startedAt, endedAt);
  for (const phase of ["model", "error"]) note(turn, {}, { phase, runId });
  await record(turn, unaskedMessage(error, endedAt), `${runId}:terminal-error`);
  const told = kind === "agent" ? error : requestFailure(error);
  const times = { startedAt, endedAt };
  return { runId, kind, status: "error", ...times, text: "", error: told, isTurn: true };
}

const allTexts = (all: string) => ({ run: all, request: requestFailure(all), session: all });

/** The session's own record of the run that ended, told as the reference does before the phases. */
export function settle(
  turn: Pick<Turn, "deps" | "sessionKey" | "request">,
  change: EntryChange,
  startedAt: number,
  endedAt: number,
): void {
  const ended: EntryChange = {
    endedAt,
    runtimeMs: endedAt - startedAt,
    lastRunId: turn.request.runId,
    abortedLastRun: false,
    activeModelProvider: undefined,
    activeModel: undefined,
    lastRunError: undefined,
    ...change,
  };
  note(turn, ended, { reason: "agent.input.settled" });
}

/** Changes the entry and tells subscribers; in order, and not waited for. */
export function note(
  turn: Pick<Turn, "deps" | "sessionKey">,
  change: EntryChange,
  notice: { reason?: string; phase?: string; runId?: string },
): void {
  turn.deps.notices.tell(turn.sessionKey, change, notice);
}

export async function record(
  turn: Pick<Turn, "deps" | "sessionKey" | "request">,
  message: Parameters<Sessions["append"]>[1],
  idempotencyKey?: string,
): Promise<void> {
  const origin = { runId: turn.request.runId, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
  await turn.deps.sessions.append(turn.sessionKey, message, origin);
}

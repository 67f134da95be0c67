import type { Active } from "./active.ts";
import { TIMED_OUT } from "./failure-texts.ts";
import { abortedMessage, timedOutMessage } from "./messages.ts";
import type { RunOutcome } from "./request.ts";
import type { Abort, Turn, TurnDeps } from "./turn.ts";
import { note, receiptOf, settle } from "./turn-end.ts";

type Cause = Abort["cause"] | undefined;

/** What a run that was stopped says in `lifecycle`. */
const ABORT_TEXTS: Readonly<Record<Abort["cause"], string>> = {
  client: "This operation was aborted",
  interrupt: "Reply operation aborted by user",
  timeout: TIMED_OUT,
  shutdown: "Gateway is draining for restart; new tasks are not accepted",
};
const UNEXPECTED =
  "⚠️ Something went wrong while processing your request. Please try again, or use /new to start a fresh session.";
const RESTARTING = "⚠️ Gateway is restarting. Please wait a few seconds and try again.";

/** What clients learn the moment somebody stops a run, before the run itself has noticed. */
export function tellCancelled(active: Active, now: number): void {
  const { turn } = active;
  if (turn === undefined) return;
  const { broadcast, model } = turn;
  const stopReason = active.abortCause?.stopReason ?? "rpc";
  broadcast.cancelled(stopReason, {
    phase: "end",
    status: "cancelled",
    aborted: true,
    stopReason,
    startedAt: active.acceptedAt,
    endedAt: now,
  });
  broadcast.lifecycle({ phase: "model", provider: model.provider, model: model.id });
}

/** Tells the end of a run that did not come to one by itself, and keeps what it had said. */
export async function tellAborted(active: Active, deps: TurnDeps, cause: Cause): Promise<void> {
  const { turn, request } = active;
  const now = deps.clock.now();
  const startedAt = active.startedAt ?? active.acceptedAt;
  const told = turn ?? { deps, sessionKey: request.sessionKey, request };
  if (turn === undefined) {
    settle(told, { status: "killed", abortedLastRun: true }, startedAt, now);
    return;
  }
  const { broadcast } = turn;
  const { runId } = turn.request;
  if (cause === "timeout") return tellTimeout(turn, startedAt, now);
  if (cause === "client" && broadcast.text !== "") {
    const origin = active.abortCause?.stopReason === "stop" ? "stop-command" : "rpc";
    const message = abortedMessage(broadcast.text, runId, origin, now);
    await deps.sessions.append(request.sessionKey, message, { runId, idempotencyKey: `${runId}:assistant` });
  }
  const isFailure = cause === undefined;
  const status = isFailure ? "failed" : "killed";
  const error = cause === undefined ? UNEXPECTED : ABORT_TEXTS[cause];
  settle(
    told,
    { status, abortedLastRun: !isFailure, ...(isFailure ? { lastRunError: error } : {}) },
    startedAt,
    now,
  );
  if (cause !== "client")
    broadcast.lifecycle({ phase: "model", provider: turn.model.provider, model: turn.model.id });
  broadcast.modelDone();
  broadcast.lifecycle({
    phase: "error",
    endedAt: now,
    startedAt,
    error,
    ...(isFailure ? {} : { aborted: true, stopReason: "aborted" }),
    executionSettled: true,
  });
  if (cause === "interrupt") broadcast.aborted("aborted");
  if (isFailure) broadcast.failed(error);
  if (cause === "shutdown") {
    broadcast.failed(error);
    broadcast.failed(RESTARTING);
  }
  const phases = cause === "client" ? ["end", "model", "model", "error"] : ["model", "error"];
  for (const phase of phases) note(told, {}, { phase, runId });
}

/** A turn that took too long: what it said stays visible, and the transcript says why there is no more. */
async function tellTimeout(turn: Turn, startedAt: number, now: number): Promise<void> {
  const { broadcast, deps, request, model } = turn;
  const { runId } = request;
  await deps.sessions.append(turn.sessionKey, timedOutMessage(model, runId, now), { runId });
  broadcast.lifecycle({ phase: "model", provider: model.provider, model: model.id });
  broadcast.modelDone();
  broadcast.lifecycle({
    phase: "error",
    endedAt: now,
    startedAt,
    error: TIMED_OUT,
    ...timeoutMembers(turn),
    aborted: false,
    replayInvalid: true,
    executionSettled: true,
  });
  broadcast.failed(TIMED_OUT, { errorKind: "timeout" });
  broadcast.requestFailed(TIMED_OUT);
  settle(turn, { status: "timeout", lastRunError: TIMED_OUT }, startedAt, now);
  for (const phase of ["model", "error"]) note(turn, {}, { phase, runId });
}

/** What those who wait learn of a turn that took too long. */
function timeoutMembers(turn: Turn) {
  const { text } = turn.broadcast;
  return {
    livenessState: "paused",
    timeoutPhase: "provider",
    providerStarted: true,
    terminalReceipt: receiptOf(turn, {}, { toolNames: new Set() }, text === "" ? "not-visible" : "visible"),
    terminalReply: text === "" ? { disposition: "empty" } : { disposition: "visible", text },
  };
}

export function abortedOutcome(active: Active, cause: Cause, endedAt: number): RunOutcome {
  const stopReason = active.abortCause?.stopReason ?? "rpc";
  const base = {
    runId: active.request.runId,
    startedAt: active.startedAt ?? active.acceptedAt,
    endedAt,
    text: active.turn?.broadcast.text ?? "",
    isTurn: active.turn !== undefined,
  };
  switch (cause) {
    case "client":
      return { ...base, status: "aborted", stopReason, error: "aborted" };
    case "interrupt":
      return { ...base, status: "aborted", stopReason: "aborted", error: ABORT_TEXTS.interrupt };
    case "timeout":
      return {
        ...base,
        status: "timeout",
        error: TIMED_OUT,
        ...(active.turn === undefined ? {} : { result: timeoutMembers(active.turn) }),
      };
    case "shutdown":
      return { ...base, status: "error", error: ABORT_TEXTS.shutdown };
    case undefined:
      return { ...base, status: "error", error: UNEXPECTED };
  }
}

/** compat(agent/two-answers): a run whose model there is not ends before it begins. */
export function endRefused(
  turn: Pick<Turn, "deps" | "request" | "sessionKey" | "broadcast">,
  error: string,
): RunOutcome {
  const { broadcast, deps, request } = turn;
  const { runId, kind } = request;
  const endedAt = deps.clock.now();
  const startedAt = request.acceptedAt;
  broadcast.modelDone();
  broadcast.lifecycle({ phase: "error", endedAt, startedAt, error, executionSettled: true });
  broadcast.failed(error);
  settle(turn, { status: "failed", lastRunError: error }, startedAt, endedAt);
  return { runId, kind, status: "error", startedAt, endedAt, text: "", error, isTurn: true };
}

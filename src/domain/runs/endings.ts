import type { Active } from "./line.ts";
import { abortedMessage } from "./messages.ts";
import type { RunOutcome } from "./request.ts";
import { type Abort, note, settle, type TurnDeps } from "./turn.ts";

type Cause = Abort["cause"] | undefined;

/** What a run that was stopped says in `lifecycle`. */
const ABORT_TEXTS: Readonly<Record<Abort["cause"], string>> = {
  rpc: "This operation was aborted",
  interrupt: "Reply operation aborted by user",
  timeout: "Request timed out before a response was generated.",
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
  broadcast.cancelled("rpc", {
    phase: "end",
    status: "cancelled",
    aborted: true,
    stopReason: "rpc",
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
  if (cause === "rpc" && broadcast.text !== "") {
    const message = abortedMessage(broadcast.text, runId, "rpc", now);
    await deps.sessions.append(request.sessionKey, message, { runId, idempotencyKey: `${runId}:assistant` });
  }
  const isFailure = cause === undefined || cause === "timeout";
  const status = cause === "timeout" ? "timeout" : isFailure ? "failed" : "killed";
  const error = cause === undefined ? UNEXPECTED : ABORT_TEXTS[cause];
  settle(
    told,
    { status, abortedLastRun: !isFailure, ...(isFailure ? { lastRunError: error } : {}) },
    startedAt,
    now,
  );
  if (cause !== "rpc")
    broadcast.lifecycle({ phase: "model", provider: turn.model.provider, model: turn.model.id });
  broadcast.lifecycle({ phase: "model", provider: null, model: null }, { lane: "main" });
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
  const phases = cause === "rpc" ? ["end", "model", "model", "error"] : ["model", "error"];
  for (const phase of phases) note(told, {}, { phase, runId });
}

export function abortedOutcome(
  active: Active,
  cause: Cause,
  endedAt: number,
  stopReason = "rpc",
): RunOutcome {
  const base = {
    runId: active.request.runId,
    startedAt: active.startedAt ?? active.acceptedAt,
    endedAt,
    text: active.turn?.broadcast.text ?? "",
    isTurn: active.turn !== undefined,
  };
  switch (cause) {
    case "rpc":
      return { ...base, status: "aborted", stopReason, error: "aborted" };
    case "interrupt":
      return { ...base, status: "aborted", stopReason: "aborted", error: ABORT_TEXTS.interrupt };
    case "timeout":
      return { ...base, status: "timeout", stopReason: "timeout", error: ABORT_TEXTS.timeout };
    case "shutdown":
      return { ...base, status: "error", error: ABORT_TEXTS.shutdown };
    case undefined:
      return { ...base, status: "error", error: UNEXPECTED };
  }
}

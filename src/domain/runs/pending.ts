import { runIdOf } from "./active.ts";
import type { InFlightRun, PendingInput } from "./index.ts";
import type { Line } from "./line.ts";
import type { RunRequest } from "./request.ts";

/** The active run of a session as `chat.history` shows it. */
export function inFlightOf(line: Line | undefined): InFlightRun | undefined {
  const current = line?.current;
  const broadcast = current?.turn?.broadcast;
  if (current === undefined || current.isConcluded || broadcast === undefined) return undefined;
  const runId = runIdOf(current);
  const first = broadcast.firstText;
  const { agentId, sessionKey } = current.request;
  return {
    runId,
    text: broadcast.text,
    startedAt: current.acceptedAt,
    events:
      first === undefined
        ? []
        : [{ runId, seq: first.seq, stream: "assistant", ts: first.ts, data: {}, sessionKey, agentId }],
  };
}

/** Messages that wait, after those that a stop of the gateway took from the queue. */
export function pendingInputsOf(
  line: Line | undefined,
  interrupted: readonly RunRequest[],
): readonly PendingInput[] {
  const toPending =
    (state: PendingInput["state"]) =>
    (request: RunRequest): PendingInput => ({
      id: request.runId,
      runId: request.runId,
      acceptedAt: request.acceptedAt,
      state,
      request,
    });
  const queued = [...(line?.current?.steered ?? []), ...(line?.waiting ?? [])].map((one) => one.request);
  return [...interrupted.map(toPending("interrupted")), ...queued.map(toPending("queued"))];
}

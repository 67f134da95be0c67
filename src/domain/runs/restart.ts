import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Sessions } from "../sessions/index.ts";
import type { RunJournal } from "./journal.ts";
import { findLeftovers } from "./recovery.ts";
import type { RunOutcome, RunRequest } from "./request.ts";

/** compat(RN11): what a repeat is told about a message that a stop of the gateway took from the queue. */
const OWNERSHIP_ENDED = "Error: Pending input ownership ended; submit a new turn to continue";

export interface TakeUpParts {
  readonly journal: RunJournal;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Shows a message as interrupted from now on. */
  readonly remember: (request: RunRequest) => void;
  /** Begins what the journal has and nobody began. */
  readonly begin: (request: RunRequest) => Promise<void>;
  readonly start: (request: RunRequest) => Promise<unknown>;
}

/** Brings everything that a stop of the gateway left unfinished to an end, or on its way again. */
export async function takeUp(parts: TakeUpParts): Promise<void> {
  const { journal, sessions, clock, ids, remember } = parts;
  const endedBefore = (
    request: RunRequest,
    end: Partial<RunOutcome> & Pick<RunOutcome, "status">,
  ): RunOutcome => {
    const { runId, acceptedAt } = request;
    return { runId, startedAt: acceptedAt, endedAt: clock.now(), text: "", isTurn: true, ...end };
  };
  const leftovers = await findLeftovers(await journal.unfinished(), sessions);
  for (const { request, outcome } of await journal.interrupted()) {
    if (outcome !== undefined) remember(request);
  }
  for (const { request, text } of leftovers.answered) {
    await journal.settle(request.runId, endedBefore(request, { status: "ok", text }));
  }
  for (const request of leftovers.queued) {
    remember(request);
    await journal.settle(
      request.runId,
      endedBefore(request, { status: "error", error: OWNERSHIP_ENDED, isInterrupted: true }),
    );
  }
  for (const request of leftovers.fresh) {
    await parts.begin(request);
  }
  for (const { request, resume } of leftovers.cut) {
    const cut = endedBefore(request, { status: "error", error: "interrupted by a restart" });
    const state = resume === undefined ? { status: "failed", lastRunError: cut.error } : {};
    await sessions.update(request.sessionKey, () => ({ abortedLastRun: true, ...state }), null);
    // Both are asked for in one turn of the event loop, so they share a transaction: a crash in between can
    // neither lose the work nor double it.
    const settled = journal.settle(request.runId, cut);
    if (resume !== undefined) await parts.start({ ...resume, runId: ids.uuid(), acceptedAt: clock.now() });
    await settled;
  }
}

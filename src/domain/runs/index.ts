export { type Aside, createAside } from "./aside.ts";

import type { RunActivity } from "../sessions/index.ts";
import type { CompactionOutcome } from "./compaction.ts";
import type { RunOutcome, RunRequest } from "./request.ts";

export { commentaryId } from "./broadcast.ts";
export type { CommandRunner, Heard } from "./commands.ts";
export type { CompactionOutcome } from "./compaction.ts";
export type { RunJournal } from "./journal.ts";
export type { MediaStore } from "./media.ts";
export { injectedMessage, senderMembers } from "./messages.ts";
export { createProbe, type Probe } from "./probe.ts";
export { CONTEXT_FILES, type ContextFile, cutMiddle, type Skill } from "./prompt.ts";
export type * from "./provider.ts";
export { ProviderFailure } from "./provider.ts";
export type { Attachment, ClientCall, RunOutcome, RunRequest, Sampling } from "./request.ts";
export { createRuns, type RunsOptions } from "./runs.ts";
export { createTitles, type Titles, type TitlesOptions } from "./titles.ts";
export { checkArguments } from "./tool-arguments.ts";
export type * from "./tools.ts";

/** What the client is told when it asked for a run. */
export interface Acceptance {
  /** `ended`: this very request ran to its end before, and `outcome` is what came of it. */
  readonly status: "started" | "in_flight" | "ended";
  readonly outcome?: RunOutcome;
  /** Settles when the run has ended; it does not reject. */
  readonly done: Promise<RunOutcome>;
  /** True when the queue mode made this message end the run that was active. */
  readonly interruptedActiveRun: boolean;
}

/** A run as `chat.history` shows it while it goes on. */
export interface InFlightRun {
  readonly runId: string;
  readonly text: string;
  readonly startedAt: number;
  readonly events: readonly unknown[];
}

/** A message that was accepted and waits for its turn, or lost it when the gateway stopped. */
export interface PendingInput {
  readonly id: string;
  readonly runId: string;
  readonly acceptedAt: number;
  readonly state: "queued" | "interrupted";
  readonly request: RunRequest;
}

/** Agent runs: one at a time in a session, a bounded number in all. */
export interface Runs extends RunActivity {
  /**
   * Accepts a run. The request is durable when this resolves; the run itself begins after the current turn of the
   * event loop, so the acknowledgement goes out before its first event.
   */
  start(request: RunRequest): Promise<Acceptance>;
  /** Stops runs of a session, or the one named, queued ones first. Returns the ids of those that were stopped. */
  abort(sessionKey: string, runId?: string, stopReason?: string): Promise<readonly string[]>;
  /** Runs that are active or wait, in all sessions. */
  readonly liveCount: number;
  /** The session of a run that is active or waits. */
  sessionOf(runId: string): string | undefined;
  /** The outcome of a run, once it is there; undefined when the wait ran out. */
  wait(runId: string, timeoutMs: number, signal?: AbortSignal): Promise<RunOutcome | undefined>;
  /** Puts the older part of a session's conversation into a summary; the transcript stays. */
  compact(sessionKey: string, instructions?: string): Promise<CompactionOutcome>;
  /**
   * Waits while the end of a run, of which clients have heard, is being put on record: who asks after it is not told
   * of a run that is over.
   */
  atRest(sessionKey: string): Promise<void>;
  inFlight(sessionKey: string): InFlightRun | undefined;
  pendingInputs(sessionKey: string): readonly PendingInput[];
  /** Takes up what a crash left behind. Called once, before the gateway listens. */
  recover(): Promise<void>;
  /** Stops taking work and waits for what is active, at most this long; what is left is aborted. */
  drain(timeoutMs: number): Promise<void>;
}

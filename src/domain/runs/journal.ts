import type { RunOutcome, RunRequest } from "./request.ts";

/** A run that was accepted, and how it ended if it has. */
export interface JournalEntry {
  readonly request: RunRequest;
  readonly outcome?: RunOutcome;
}

/**
 * What the gateway promised: a run is written here before the client hears of it and settled when it has ended, so
 * that nothing acknowledged is lost with the process, and a repeated request finds the first one.
 */
export interface RunJournal {
  /** Durable when it resolves. When the run id is taken, nothing changes and the entry that has it comes back. */
  accept(request: RunRequest): Promise<JournalEntry | undefined>;
  /** Stores the end of a run. The first outcome stays. */
  settle(runId: string, outcome: RunOutcome): Promise<void>;
  find(runId: string): Promise<JournalEntry | undefined>;
  /** Accepted and never settled, oldest first: what a crash left behind. */
  unfinished(): Promise<readonly JournalEntry[]>;
  /** Those whose outcome says that they were interrupted, oldest first. */
  interrupted(): Promise<readonly JournalEntry[]>;
}

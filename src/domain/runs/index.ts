import type { RunActivity } from "../sessions/index.ts";

/** What a client asked for with `chat.send` or `agent`. */
export interface RunRequest {
  readonly sessionKey: string;
  readonly message: string;
  readonly runId: string;
  readonly attachments?: readonly unknown[];
  readonly thinking?: string;
  readonly timeoutMs?: number;
  readonly client: { readonly id: string; readonly mode: string };
}

/** How a run ended, in the wire's words. */
export interface RunOutcome {
  readonly runId: string;
  readonly status: "ok" | "error" | "timeout" | "aborted";
  readonly startedAt: number;
  readonly endedAt: number;
  readonly text: string;
  readonly error?: string;
}

/** Agent runs: one at a time in a session, a bounded number in all. */
export interface Runs extends RunActivity {
  /** Accepts a run. The user's message is durable when this resolves. `done` settles when the run has ended. */
  start(request: RunRequest): Promise<{ readonly done: Promise<RunOutcome> }>;
  /** Stops runs of a session, or the one named. Returns the ids of those that were stopped. */
  abort(sessionKey: string, runId?: string): Promise<readonly string[]>;
  /** The outcome of a run, once it is there; undefined when the wait ran out. */
  wait(runId: string, timeoutMs: number): Promise<RunOutcome | undefined>;
  /** Stops taking work and waits for what is active, at most this long. */
  drain(timeoutMs: number): Promise<void>;
}

import type { Unmet } from "../scenario/expect.ts";
import type { Ask } from "../tape/ask.ts";

/** What happened in one step, as it was on the wire. */
export interface TraceStep {
  readonly id: string;
  readonly verb: string;
  readonly as: string;
  /** What the check counts for: a method, `HTTP GET /path`, `connect` ... */
  readonly subject: string;
  readonly plane: "wire" | "state";
  readonly sent: unknown;
  /** The document that pointers address; undefined when the step receives nothing. */
  readonly received: unknown;
  /** Place of the last response among the frames of its connection. */
  readonly order: number | undefined;
  /** Why the step could not be done: nothing came, no such connection ... */
  readonly problem: string | undefined;
  readonly unmet: readonly Unmet[];
  readonly latencyMs: number;
  /** The last frame this connection had received before the step. */
  readonly before: unknown;
}

export interface TraceEvent {
  readonly order: number;
  readonly event: string;
  readonly payload: unknown;
  readonly seq: unknown;
}

export interface TraceConnection {
  readonly name: string;
  /** The step that opened it. */
  readonly openedBy: string;
  readonly events: readonly TraceEvent[];
}

/** One scenario played once to one gateway. */
export interface Trace {
  readonly scenario: string;
  readonly steps: readonly TraceStep[];
  readonly connections: readonly TraceConnection[];
  readonly outgoing: readonly Ask[];
  /** Values that stand for themselves in no golden: home, ports, the gateway's process. */
  readonly facts: TraceFacts;
  /** The process went away by itself. */
  readonly died: string | undefined;
}

export interface TraceFacts {
  readonly home: string | undefined;
  /** The HOME of the command line, where the scenario used it. */
  readonly cliHome?: string | undefined;
  readonly token: string;
  /** Where the reference is installed: its own files stand in some answers. */
  readonly installed: string;
  readonly port: number;
  readonly providerPort: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Device ids and keys of the seeds used, by name. */
  readonly devices: Readonly<Record<string, string>>;
}

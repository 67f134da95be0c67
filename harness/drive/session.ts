import type { Gateway } from "../launch/gateway.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Step } from "../scenario/step-schema.ts";
import { fill } from "../scenario/variables.ts";
import type { Connection, Received } from "./connection.ts";

/** How long to wait when a step does not say; a step that comes to nothing makes the next ones less patient. */
export interface Patience {
  readonly defaultMs: number;
  readonly afterTimeoutMs: number;
}

export const PATIENT: Patience = { defaultMs: 45_000, afterTimeoutMs: 3000 };
export const BRISK: Patience = { defaultMs: 5000, afterTimeoutMs: 400 };

/** A step could not be done; the text goes into the trace. */
export class StepProblem extends Error {
  override readonly name = "StepProblem";
  readonly received: unknown;

  constructor(message: string, received?: unknown) {
    super(message);
    this.received = received;
  }
}

export interface Pending {
  readonly step: Step;
  readonly connection: Connection;
  readonly requestId: unknown;
  readonly frames: number;
  readonly sentAt: number;
}

/** What the handlers of one scenario's steps share. */
export interface RunState {
  readonly scenario: Scenario;
  readonly gateway: Gateway;
  readonly variables: Map<string, unknown>;
  readonly connections: Map<string, Connection>;
  readonly openedBy: Map<Connection, string>;
  readonly background: Map<string, Pending>;
  readonly patience: Patience;
  /** Where the command line lives, once a step needed it. */
  cliHome: string | undefined;
  hasTimedOut: boolean;
  hasRestarted: boolean;
}

/** What a handler gives back: what was sent, what came, and when. */
export interface Outcome {
  readonly sent?: unknown;
  readonly received?: unknown;
  readonly order?: number | undefined;
  readonly latencyMs?: number;
  /** The answer belongs to an earlier step. */
  readonly settled?: readonly SettledStep[];
}

export interface SettledStep {
  readonly id: string;
  readonly received: unknown;
  readonly order: number | undefined;
  readonly latencyMs: number;
  readonly problem: string | undefined;
}

export function timeoutOf(state: RunState, step: Step): number {
  if (step.timeoutMs !== undefined) return step.timeoutMs;
  return state.hasTimedOut ? state.patience.afterTimeoutMs : state.patience.defaultMs;
}

export function filled<T>(state: RunState, value: T): T {
  // Filling changes texts only; a place that must be another type is checked by the gateway, not by us.
  return fill(value, state.variables) as T;
}

export function connectionOf(state: RunState, name: string): Connection {
  const connection = state.connections.get(name);
  if (connection === undefined) throw new StepProblem(`there is no connection ${name}`);
  return connection;
}

/** The document of one or two response frames: the envelope without type and id. */
export function documentOf(responses: readonly Received[]): unknown {
  const bodies = responses.map(({ frame }) => {
    if (typeof frame !== "object" || frame === null) return frame;
    const { type: _type, id: _id, ...rest } = frame as Record<string, unknown>;
    return rest;
  });
  return bodies.length === 1 ? bodies[0] : bodies;
}

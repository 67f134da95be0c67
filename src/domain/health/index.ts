import type { StatusRequest } from "./status.ts";

export { createHealth } from "./health.ts";
export type { AgentSessions, SessionFacts } from "./status.ts";

/** The gateway's own account of its state: `health`, `status`, `/readyz`, and the `health` event. */
export interface Health {
  /** The wire payload of `health`: the last one taken, or a fresh one when asked for (or when there is none). */
  snapshot(options?: { readonly isFresh?: boolean }): Promise<Record<string, unknown>>;
  /** The last one taken, for `hello-ok`; undefined before the first. */
  readonly latest: Record<string, unknown> | undefined;
  /** The wire payload of `status`. Where things lie on the disk is for admins. */
  status(request: StatusRequest): Promise<Record<string, unknown>>;
  /** Raised by every snapshot. */
  readonly version: number;
  /** A client came: it is told afresh, unless the last one who came was told within the interval. */
  onArrival(): void;
  /** Takes a first snapshot, and one on every interval; each is published. */
  start(): void;
  stop(): void;
}

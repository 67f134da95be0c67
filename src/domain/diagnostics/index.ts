export { createDiagnostics } from "./diagnostics.ts";

/** Something that was noticed about the process, without what anybody said. */
export interface Noticed {
  readonly seq: number;
  readonly ts: number;
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface StabilityQuery {
  readonly limit: number;
  readonly type?: string;
  /** Only what was noticed after this. */
  readonly sinceSeq?: number;
}

export interface Stability {
  readonly generatedAt: string;
  readonly capacity: number;
  readonly count: number;
  readonly dropped: number;
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  readonly events: readonly Noticed[];
  readonly summary: Readonly<Record<string, unknown>>;
}

export interface Lane {
  readonly lane: string;
  readonly queuedCount: number;
  readonly activeCount: number;
  readonly maxConcurrent: number;
  readonly draining: boolean;
  readonly generation: number;
  readonly blockedBy: null;
}

/** A profile in the runtime's own form, and how many of its frames lost their name. */
export interface Profile {
  readonly profile: Record<string, unknown>;
  readonly redacted: number;
}

/** Takes profiles of this process. Implemented by an adapter over the inspector of the runtime. */
export interface Profiler {
  cpu(durationMs: number, intervalMicros: number): Promise<Profile>;
  heap(durationMs: number, intervalBytes: number): Promise<Profile>;
}

/** How the process has been doing, and what it is doing now. */
export interface Diagnostics {
  stability(query: StabilityQuery): Stability;
  lanes(): readonly Lane[];
  readonly profiler: Profiler;
  stop(): void;
}

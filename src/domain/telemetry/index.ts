/** What happened, in figures. Whoever exports them implements this; labels are names, never ids or texts. */
export interface Telemetry {
  rpcReceived(method: string, hints: CallHints): void;
  rpcAnswered(method: string, seconds: number, outcome: "ok" | "error", hints: CallHints): void;
  turnCreated(agentId: string, runId: string): void;
  runEnded(run: RunFacts): void;
  modelCalled(call: ModelCallFacts): void;
  tokensUsed(usage: UsageFacts): void;
  toolRan(tool: ToolFacts): void;
}

/** What a call says beside its method. Ids tell facts apart and are never told. */
export interface CallHints {
  readonly method: string;
  /** The run that it begins, if it begins one. */
  readonly runId?: string;
  /** The trace of the peer that it belongs to. */
  readonly traceparent?: string;
}

export interface ToolFacts {
  readonly runId: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export type Outcome = "completed" | "error" | "aborted";

export interface RunFacts {
  readonly runId: string;
  readonly provider: string;
  readonly model: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export interface ModelCallFacts extends RunFacts {
  /** Until the first piece of the answer was told, if there was one. */
  readonly firstPieceSeconds?: number;
}

export interface UsageFacts {
  /** Empty where nobody knows the run. */
  readonly runId: string;
  readonly agentId: string;
  readonly provider: string;
  readonly model: string;
  /** By kind: input, output, cache_read, cache_write. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly costUsd: number;
}

export { together } from "./together.ts";
export { watchEvents } from "./watch.ts";

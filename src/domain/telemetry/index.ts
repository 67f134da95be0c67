/** What happened, in figures. Whoever exports them implements this; labels are names, never ids or texts. */
export interface Telemetry {
  rpcReceived(method: string): void;
  rpcAnswered(method: string, seconds: number, outcome: "ok" | "error"): void;
  turnCreated(agentId: string): void;
  runEnded(run: RunFacts): void;
  modelCalled(call: ModelCallFacts): void;
  tokensUsed(usage: UsageFacts): void;
  toolRan(tool: { readonly name: string; readonly outcome: Outcome; readonly seconds: number }): void;
}

export type Outcome = "completed" | "error" | "aborted";

export interface RunFacts {
  readonly provider: string;
  readonly model: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export interface ModelCallFacts extends RunFacts {}

export interface UsageFacts {
  readonly agentId: string;
  readonly provider: string;
  readonly model: string;
  /** By kind: input, output, cache_read, cache_write. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly costUsd: number;
}

export { watchEvents } from "./watch.ts";

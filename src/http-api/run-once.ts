import type { RunOutcome, RunRequest } from "../domain/runs/index.ts";
import { isRecord } from "./answers.ts";
import type { ApiParts } from "./parts.ts";

export type Ask = Pick<RunRequest, "runId" | "sessionKey" | "agentId" | "message"> &
  Partial<
    Pick<
      RunRequest,
      | "model"
      | "extraSystemPrompt"
      | "isOwner"
      | "thinking"
      | "timeoutMs"
      | "attachments"
      | "clientTools"
      | "sampling"
    >
  >;

export interface RunOnce {
  /** Runs a turn to its end. What the agent says is told while it says it; a client that leaves ends the run. */
  (ask: Ask, signal: AbortSignal, onText?: (delta: string) => void): Promise<RunOutcome>;
}

/** Turns that are asked for over HTTP: the same runs as any other, with somebody who waits at the door. */
export function createRunOnce({ runs, clock, overhear }: ApiParts): RunOnce {
  const listeners = new Map<string, (delta: string) => void>();
  overhear("agent", (payload) => {
    if (listeners.size === 0 || !isRecord(payload) || payload["stream"] !== "assistant") return;
    const { runId, data } = payload;
    if (typeof runId !== "string" || !isRecord(data) || typeof data["delta"] !== "string") return;
    listeners.get(runId)?.(data["delta"]);
  });

  return async (ask, signal, onText) => {
    const { runId, sessionKey } = ask;
    if (onText !== undefined) listeners.set(runId, onText);
    const leave = (): void => void runs.abort(sessionKey, runId, "client-disconnected");
    signal.addEventListener("abort", leave, { once: true });
    try {
      const acceptance = await runs.start({
        ...ask,
        kind: "agent",
        isUnlisted: true,
        acceptedAt: clock.now(),
        client: { id: "http", mode: "backend" },
      });
      if (signal.aborted) leave();
      return await acceptance.done;
    } finally {
      listeners.delete(runId);
      signal.removeEventListener("abort", leave);
    }
  };
}

export interface Spent {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** The tokens of a turn, as its result tells them. */
export function spentIn(outcome: RunOutcome): Spent {
  const meta = isRecord(outcome.result) ? outcome.result["meta"] : undefined;
  const agentMeta = isRecord(meta) ? meta["agentMeta"] : undefined;
  const usage = isRecord(agentMeta) && isRecord(agentMeta["usage"]) ? agentMeta["usage"] : {};
  const count = (name: string): number => {
    const value = usage[name];
    return typeof value === "number" && Number.isFinite(value) ? value : 0;
  };
  return {
    input: count("input"),
    output: count("output"),
    cacheRead: count("cacheRead"),
    cacheWrite: count("cacheWrite"),
  };
}

/** The last that was said, without what came before a tool was used. */
export function lastWords({ result, text }: RunOutcome): string {
  const meta = isRecord(result) ? result["meta"] : undefined;
  const last = isRecord(meta) ? meta["finalAssistantVisibleText"] : undefined;
  return typeof last === "string" ? last : text;
}

/** Whether the reply ended because there were no more tokens to spend on it. */
export function isCutShort({ stopReason, result }: RunOutcome): boolean {
  const meta = isRecord(result) ? result["meta"] : undefined;
  const reason = stopReason ?? (isRecord(meta) ? meta["stopReason"] : undefined);
  return reason === "length" || reason === "max_tokens";
}

import type { Message } from "./entry.ts";

type Json = Record<string, unknown>;

/** Tokens and dollars of one answer. */
export interface Spent {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly totalTokens: number;
  readonly cost: number;
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}

/** The `usage` of an assistant's message; undefined when it says nothing. */
export function spentOn(message: Message): Spent | undefined {
  const usage = objectOf(message["usage"]);
  if (message.role !== "assistant" || usage === undefined) return undefined;
  const input = numberOf(usage["input"]);
  const output = numberOf(usage["output"]);
  const cacheRead = numberOf(usage["cacheRead"]);
  const cacheWrite = numberOf(usage["cacheWrite"]);
  const totalTokens = numberOf(usage["totalTokens"]) || input + output + cacheRead + cacheWrite;
  return {
    input,
    output,
    cacheRead,
    cacheWrite,
    totalTokens,
    cost: numberOf(objectOf(usage["cost"])?.["total"]),
  };
}

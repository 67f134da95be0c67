import type { Model } from "../models/index.ts";
import type { TokenUsage } from "./provider.ts";

export const NO_USAGE: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };

/** Prices are per million tokens. */
const PRICE_UNIT = 1_000_000;

export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  return {
    input: left.input + right.input,
    output: left.output + right.output,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite: left.cacheWrite + right.cacheWrite,
    total: left.total + right.total,
  };
}

export function costOf(usage: TokenUsage, model: Model) {
  const price = (tokens: number, perMillion: number) => (tokens * perMillion) / PRICE_UNIT;
  const input = price(usage.input, model.cost.input);
  const output = price(usage.output, model.cost.output);
  const cacheRead = price(usage.cacheRead, model.cost.cacheRead);
  const cacheWrite = price(usage.cacheWrite, model.cost.cacheWrite);
  return { input, output, cacheRead, cacheWrite, total: input + output + cacheRead + cacheWrite };
}

/** The `usage` member of a transcript message. */
export function usageMember(usage: TokenUsage, cost: ReturnType<typeof costOf>) {
  const { input, output, cacheRead, cacheWrite, total } = usage;
  return { input, output, totalTokens: total, cacheRead, cacheWrite, cost };
}

const NO_COST = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };

/** What stands in messages that no model wrote: answers of commands, injected text, the rest of an aborted run. */
export const INJECTED = {
  stopReason: "stop",
  usage: usageMember(NO_USAGE, NO_COST),
  api: "openai-responses",
  provider: "openclaw",
  model: "gateway-injected",
} as const;

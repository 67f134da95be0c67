import type { Model } from "../models/index.ts";
import type { PromptMessage, ToolDeclaration } from "./provider.ts";

/** Part of the context window that is left free for the answer and for tool output. */
const RESERVE_TOKENS = 20_000;
/** Characters that one token stands for when nobody has counted: a usual rule of thumb for English. */
const CHARS_PER_TOKEN = 4;

/** What a prompt was made of. */
export interface PromptSize {
  readonly system: string;
  readonly tools: readonly ToolDeclaration[];
  /** What stood before the message that was answered, and that message. */
  readonly messages: readonly PromptMessage[];
}

/** Tokens that a prompt to this model may have. */
export function promptBudget(model: Model): number {
  return Math.max(model.contextWindow - RESERVE_TOKENS, Math.floor(model.contextWindow / 2));
}

export function estimateTokens({ system, tools, messages }: PromptSize): number {
  const chars =
    system.length +
    (tools.length === 0 ? 0 : JSON.stringify(tools).length) +
    messages.reduce((sum, message) => sum + sizeOf(message), 0);
  return Math.ceil(chars / CHARS_PER_TOKEN);
}

export function sizeOf(message: PromptMessage): number {
  return message.text.length + (message.role === "assistant" ? JSON.stringify(message.toolCalls).length : 0);
}

/** How full the context was at a turn, as sessions show it. */
export function contextBudgetStatus(
  size: PromptSize,
  { model, sessionId, now }: { readonly model: Model; readonly sessionId: string; readonly now: number },
) {
  const estimatedPromptTokens = estimateTokens(size);
  const budget = promptBudget(model);
  const overflowTokens = Math.max(0, estimatedPromptTokens - budget);
  const messageCount = Math.max(0, size.messages.length - 1);
  return {
    schemaVersion: 1,
    source: "pre-prompt-estimate",
    updatedAt: now,
    sessionId,
    provider: model.provider,
    model: model.id,
    route: overflowTokens > 0 ? "compact_only" : "fits",
    shouldCompact: overflowTokens > 0,
    estimatedPromptTokens,
    contextTokenBudget: model.contextWindow,
    promptBudgetBeforeReserve: budget,
    reserveTokens: RESERVE_TOKENS,
    effectiveReserveTokens: model.contextWindow - budget,
    remainingPromptBudgetTokens: Math.max(0, budget - estimatedPromptTokens),
    overflowTokens,
    toolResultReducibleChars: 0,
    messageCount,
    unwindowedMessageCount: messageCount,
  };
}

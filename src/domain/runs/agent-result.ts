import type { Answer } from "./messages.ts";
import { systemPromptReport } from "./prompt-report.ts";
import type { TokenUsage } from "./provider.ts";
import type { Turn } from "./turn.ts";
import type { TurnState } from "./turn-end.ts";
import { costOf } from "./usage.ts";

/** There is no bridge to tools that are not declared, and no code that calls tools: nothing was called by either. */
const NO_BRIDGE = { bridgeCalls: { call: 0, describe: 0, search: 0 }, codeModeEngaged: false };

export interface AgentEnd {
  readonly text: string;
  readonly endedAt: number;
  readonly isReplayInvalid: boolean;
  readonly terminalReceipt: Readonly<Record<string, unknown>>;
  readonly contextBudgetStatus: Readonly<Record<string, unknown>>;
}

/** What `agent` answers with when its run has ended well. */
export function agentResult(turn: Turn, answer: Answer, state: TurnState, end: AgentEnd) {
  const { provider, id: model } = turn.model;
  const { stopReason } = answer;
  const { calls, failures, tools } = state.toolCalls;
  return {
    payloads: [{ text: end.text, mediaUrl: null }],
    meta: {
      durationMs: end.endedAt - turn.request.acceptedAt,
      agentMeta: agentMeta(turn, answer, state, end),
      aborted: false,
      systemPromptReport: reportOf(turn, state),
      stopReason,
      finalPromptText: turn.request.message,
      finalAssistantVisibleText: answer.text.trimEnd(),
      finalAssistantRawText: answer.text,
      replayInvalid: end.isReplayInvalid,
      livenessState: "working",
      completion: { finishReason: stopReason, stopReason },
      requestShaping: { thinking: turn.thinking },
      executionTrace: {
        winnerProvider: provider,
        winnerModel: model,
        attempts: [
          ...turn.route.failed.map(({ model: { provider: from, id }, failure }) => ({
            provider: from,
            model: id,
            result: "error",
            reason: failure.reason,
            stage: "assistant",
          })),
          { provider, model, result: "success", stage: "assistant" },
        ],
        fallbackUsed: turn.route.failed.length > 0,
        runner: "embedded",
      },
      ...(calls === 0 ? {} : { toolSummary: { calls, failures, tools: [...tools] } }),
    },
    sourceReplyDeliveryState: "missing",
  };
}

function reportOf(turn: Turn, { prompt, startedAt }: TurnState) {
  const { request, sessionId, sessionKey, model, agent } = turn;
  return systemPromptReport({
    ...prompt,
    sessionId,
    sessionKey,
    provider: model.provider,
    model: model.id,
    workspace: agent.workspace,
    generatedAt: startedAt,
    promptChars: request.message.length,
  });
}

function agentMeta(turn: Turn, answer: Answer, state: TurnState, end: AgentEnd) {
  const isConfigured = turn.model.api !== "offline";
  return {
    sessionId: turn.sessionId,
    sessionFile: turn.sessionKey,
    provider: turn.model.provider,
    model: turn.model.id,
    contextTokens: turn.model.contextWindow,
    contextTokensSource: "resolved",
    agentHarnessId: "openclaw",
    assistantTurns: state.modelCalls,
    ...NO_BRIDGE,
    usage: usageOf(turn, state.usage),
    lastCallUsage: { ...usageOf(turn, answer.usage), ...contextUsageOf(turn, answer.usage) },
    promptTokens: state.promptTokens,
    costUsd: costOf(state.usage, turn.model).total,
    contextBudgetStatus: end.contextBudgetStatus,
    ...(isConfigured
      ? { credentialSource: { kind: "direct", authorization: "declared", evidence: "provider-config" } }
      : {}),
    terminalReceipt: end.terminalReceipt,
  };
}

function usageOf(turn: Turn, of: TokenUsage) {
  const { input, output, cacheRead, cacheWrite, total } = of;
  return { input, output, cacheRead, cacheWrite, total, cost: { total: costOf(of, turn.model).total } };
}

/** Services that tell how full the context was, which the others leave to a guess. */
const COUNTING: ReadonlySet<string> = new Set(["anthropic-messages", "openai-responses"]);

function contextUsageOf({ model }: Turn, usage: TokenUsage) {
  if (!COUNTING.has(model.api)) return {};
  const promptTokens = usage.input + usage.cacheRead + usage.cacheWrite;
  return {
    contextUsage: { state: "available", promptTokens, totalTokens: usage.total },
    ...(usage.reasoning === undefined ? {} : { reasoningTokens: usage.reasoning }),
  };
}

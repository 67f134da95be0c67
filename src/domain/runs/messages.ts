import type { Model } from "../models/index.ts";
import type { Message } from "../sessions/index.ts";
import { layoutOf, mediaOf } from "./media.ts";
import type { StopReason, TokenUsage, ToolCall } from "./provider.ts";
import type { RunRequest } from "./request.ts";
import type { ToolResult } from "./tools.ts";
import { costOf, INJECTED, NO_USAGE, usageMember } from "./usage.ts";

/** What one model call said. */
export interface Answer {
  readonly text: string;
  /** The text came after thoughts and was told in one piece. */
  readonly isHeldBack: boolean;
  readonly thinking: string;
  readonly thinkingSignature?: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: TokenUsage;
  readonly stopReason: StopReason;
  readonly startedAt: number;
  readonly responseId?: string;
  readonly responseModel?: string;
  readonly textId?: string;
  readonly terminal?: { readonly at: number; readonly details: Readonly<Record<string, string>> };
}

/** The user's message as the transcript keeps it. Runs of `agent` have no chat client to name. */
export function userMessage(request: RunRequest, model: Model, steerTargetRunId?: string): Message {
  const media = mediaOf(request, model);
  return {
    role: "user",
    content: request.message,
    timestamp: request.acceptedAt,
    idempotencyKey: userMessageKey(request.runId),
    __openclaw: {
      ...senderMembers(request),
      ...(request.kind === "agent"
        ? {}
        : { transport: { clients: [{ id: request.client.id, mode: request.client.mode }] } }),
      ...(media.length === 0 ? {} : { media, ...layoutOf(media, model) }),
      ...(steerTargetRunId === undefined ? {} : { steerTargetRunId }),
    },
  };
}

/** Who said it, as transcripts tell it. */
export function senderMembers({ isOwner, sender }: Pick<RunRequest, "isOwner" | "sender">) {
  return {
    ...(isOwner === true ? { senderIsOwner: true } : {}),
    ...(sender === undefined
      ? {}
      : {
          senderId: sender.id,
          senderIdentity: { type: "profile", id: sender.id },
          senderProfileAvatarUrl: sender.avatarUrl,
        }),
  };
}

export function userMessageKey(runId: string): string {
  return `${runId}:user`;
}

export function assistantMessage(answer: Answer, model: Model, runId: string): Message {
  const { textId, terminal } = answer;
  const signature = textId === undefined ? {} : { textSignature: JSON.stringify({ v: 1, id: textId }) };
  const text = answer.text === "" ? [] : [{ type: "text", text: answer.text, ...signature }];
  const { thinkingSignature } = answer;
  const signed = thinkingSignature === undefined ? {} : { thinkingSignature };
  const thinking = answer.thinking === "" ? [] : [{ type: "thinking", thinking: answer.thinking, ...signed }];
  const calls = answer.toolCalls.map((call) => ({
    type: "toolCall",
    id: call.id,
    name: call.name,
    arguments: call.arguments,
    ...(call.signature === undefined ? {} : { thoughtSignature: call.signature }),
  }));
  return {
    role: "assistant",
    content: [...thinking, ...text, ...calls],
    api: model.api,
    provider: model.provider,
    model: model.id,
    usage: usageMember(answer.usage, costOf(answer.usage, model)),
    stopReason: answer.stopReason,
    timestamp: answer.startedAt,
    ...(answer.responseId === undefined ? {} : { responseId: answer.responseId }),
    ...(saysItsModel(answer, model) ? { responseModel: answer.responseModel } : {}),
    ...(terminal === undefined
      ? {}
      : {
          diagnostics: [
            { type: "openai_responses_terminal", timestamp: terminal.at, details: terminal.details },
          ],
        }),
    ...(answer.isHeldBack ? { openclawDelivery: { textPhaseRequiresTerminal: true } } : {}),
    __openclaw: { runId },
  };
}

/** Services whose answers always name the model that gave them. */
const NAMING: ReadonlySet<string> = new Set(["anthropic-messages", "openai-responses"]);

/** compat(models/dialects-anthropic): the others are quoted only when it is another model than was asked. */
function saysItsModel({ responseModel }: Answer, model: Model): boolean {
  return responseModel !== undefined && (NAMING.has(model.api) || responseModel !== model.id);
}

/** What stands in the transcript of a reply that took too long. */
export function timedOutMessage(model: Model, runId: string, timestamp: number): Message {
  return {
    role: "assistant",
    content: [{ type: "text", text: "" }],
    api: model.api,
    provider: model.provider,
    model: model.id,
    stopReason: "aborted",
    errorMessage: "request timed out",
    timestamp,
    usage: usageMember(NO_USAGE, costOf(NO_USAGE, model)),
    __openclaw: { runId },
  };
}

/** What became of a file stays with the result: people look at it later. */
function changeIn(details: unknown): { readonly details?: Readonly<Record<string, unknown>> } {
  if (typeof details !== "object" || details === null || !("changed" in details)) return {};
  const kept = Object.entries(details).filter(([name]) => ["changed", "created", "diff"].includes(name));
  return { details: Object.fromEntries(kept) };
}

export function toolResultMessage(
  call: ToolCall,
  result: ToolResult,
  runId: string,
  timestamp: number,
): Message {
  return {
    role: "toolResult",
    toolCallId: call.id,
    toolName: call.name,
    content: [{ type: "text", text: result.text }],
    ...changeIn(result.details),
    isError: result.isError,
    timestamp,
    __openclaw: { runId },
  };
}

/** What stays in the transcript of a reply that was cut off on request. */
export function abortedMessage(text: string, runId: string, origin: string, timestamp: number): Message {
  return {
    role: "assistant",
    content: [{ type: "text", text }],
    timestamp,
    ...INJECTED,
    idempotencyKey: `${runId}:assistant`,
    openclawAbort: { aborted: true, origin, runId },
    __openclaw: { runId },
  };
}

/** What people read where a turn ended before the model was asked; the model itself never does. */
export function unaskedMessage(error: string, timestamp: number): Message {
  return {
    role: "custom",
    customType: "run-failed-before-reply",
    content: `This turn ended before a reply: ${error}`,
    display: true,
    timestamp,
  };
}

/** What stands in the transcript where the reply would be, when every attempt failed. */
export function failedMessage(text: string, model: Model, runId: string, timestamp: number): Message {
  return {
    role: "assistant",
    content: [{ type: "text", text }],
    api: model.api,
    provider: model.provider,
    model: model.id,
    usage: usageMember(NO_USAGE, costOf(NO_USAGE, model)),
    stopReason: "error",
    timestamp,
    idempotencyKey: `${runId}:terminal-error`,
    __openclaw: { runId },
  };
}

/** An assistant message that no model wrote. */
export function injectedMessage(text: string, timestamp: number, idempotencyKey?: string): Message {
  return {
    role: "assistant",
    content: [{ type: "text", text }],
    timestamp,
    ...INJECTED,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

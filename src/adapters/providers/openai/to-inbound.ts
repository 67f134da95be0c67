import type OpenAI from "openai";
import type { ProviderEvent, StopReason, TokenUsage } from "../../../domain/runs/index.ts";
import { argumentsFrom } from "../tool-arguments.ts";

type Chunk = OpenAI.Chat.ChatCompletionChunk;

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "toolUse",
  function_call: "toolUse",
  content_filter: "stop",
};

/** Characters of the arguments of one call that are kept; the rest is dropped and the call fails to parse. */
const ARGUMENT_CHARS_MAX = 4_000_000;

interface PartialCall {
  id: string;
  name: string;
  json: string;
}

/** Puts the pieces of a stream together. Calls are told when they are complete, since half a call is of no use. */
export function chunkReader() {
  const calls = new Map<number, PartialCall>();
  let stop: StopReason | undefined;
  let usage: TokenUsage | undefined;
  let responseId: string | undefined;
  let responseModel: string | undefined;

  function addCall(piece: OpenAI.Chat.ChatCompletionChunk.Choice.Delta.ToolCall): void {
    const call = calls.get(piece.index) ?? { id: "", name: "", json: "" };
    if (piece.id) call.id = piece.id;
    call.name += piece.function?.name ?? "";
    if (call.json.length < ARGUMENT_CHARS_MAX) call.json += piece.function?.arguments ?? "";
    calls.set(piece.index, call);
  }

  return {
    *read(chunk: Chunk): Generator<ProviderEvent> {
      responseId ??= chunk.id;
      responseModel ??= chunk.model;
      if (chunk.usage) usage = toUsage(chunk.usage);
      const choice = chunk.choices[0];
      if (choice === undefined) return;
      const { delta } = choice;
      const thinking = thinkingOf(delta);
      if (thinking !== "") yield { type: "thinking", text: thinking };
      if (delta.content) yield { type: "text", text: delta.content };
      for (const piece of delta.tool_calls ?? []) addCall(piece);
      if (choice.finish_reason !== null) stop = STOP_REASONS[choice.finish_reason] ?? "stop";
    },
    /** A stream that ends without a reason was cut: then there is no `stop`. */
    *end(): Generator<ProviderEvent> {
      if (stop === undefined) return;
      for (const [index, call] of calls) {
        yield {
          type: "tool-call",
          call: { id: call.id || `call_${index}`, name: call.name, arguments: argumentsFrom(call.json) },
        };
      }
      if (usage !== undefined) yield { type: "usage", usage };
      yield {
        type: "stop",
        reason: stop,
        ...(responseId === undefined ? {} : { responseId }),
        ...(responseModel === undefined ? {} : { responseModel }),
      };
    },
  };
}

/** Some services send what the model thinks in a member of their own. */
function thinkingOf(delta: object): string {
  const { reasoning_content: content, reasoning } = delta as {
    reasoning_content?: unknown;
    reasoning?: unknown;
  };
  if (typeof content === "string") return content;
  return typeof reasoning === "string" ? reasoning : "";
}

function toUsage(usage: OpenAI.CompletionUsage): TokenUsage {
  const cacheRead = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    input: usage.prompt_tokens - cacheRead,
    output: usage.completion_tokens,
    cacheRead,
    cacheWrite: 0,
    total: usage.total_tokens,
  };
}

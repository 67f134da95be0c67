import type OpenAI from "openai";
import { type ProviderEvent, ProviderFailure, type TokenUsage } from "../../../../domain/runs/index.ts";
import { reasonOf } from "../../failures.ts";
import { argumentsFrom } from "../../tool-arguments.ts";

type Event = OpenAI.Responses.ResponseStreamEvent;

/** Reads the events of a stream. A tool call is told when its item is complete. */
export function eventReader() {
  let calls = 0;
  let textId: string | undefined;
  let eventType = "";
  let ended: OpenAI.Responses.Response | undefined;

  return {
    *read(event: Event): Generator<ProviderEvent> {
      switch (event.type) {
        case "response.output_text.delta":
        case "response.refusal.delta":
          yield { type: "text", text: event.delta };
          break;
        case "response.reasoning_summary_text.delta":
        case "response.reasoning_text.delta":
          yield { type: "thinking", text: event.delta };
          break;
        case "response.output_item.done":
          if (event.item.type === "message") textId = event.item.id;
          if (event.item.type === "function_call") {
            calls += 1;
            const { call_id: id, name, arguments: json } = event.item;
            yield { type: "tool-call", call: { id, name, arguments: argumentsFrom(json) } };
          }
          break;
        case "response.completed":
        case "response.incomplete":
          ended = event.response;
          eventType = event.type;
          break;
        case "response.failed":
          throw failureOf(event.response.error?.code, event.response.error?.message);
        case "error":
          throw failureOf(event.code, event.message);
        default:
      }
    },
    /** A stream that ends without a word was cut: then there is no `stop`. */
    *end(): Generator<ProviderEvent> {
      if (ended === undefined) return;
      if (ended.usage !== undefined) yield { type: "usage", usage: toUsage(ended.usage) };
      const isCut = ended.incomplete_details?.reason === "max_output_tokens" || ended.status === "incomplete";
      const reason = calls > 0 ? "toolUse" : isCut ? "length" : "stop";
      yield {
        type: "stop",
        reason,
        responseId: ended.id,
        responseModel: ended.model,
        ...(textId === undefined ? {} : { textId }),
        terminal: { eventType, stopReason: reason, endTurn: endTurnOf(ended) },
      };
    },
  };
}

/** A member that some services of this kind add. */
function endTurnOf(response: object): string {
  const { end_turn: endTurn } = response as { end_turn?: unknown };
  return typeof endTurn === "boolean" ? String(endTurn) : "absent";
}

function toUsage(usage: OpenAI.Responses.ResponseUsage): TokenUsage {
  // Services that only resemble this one leave the details out.
  const details = usage.input_tokens_details as typeof usage.input_tokens_details | undefined;
  const cacheRead = details?.cached_tokens ?? 0;
  return {
    input: usage.input_tokens - cacheRead,
    output: usage.output_tokens,
    cacheRead,
    cacheWrite: 0,
    total: usage.total_tokens,
    reasoning: reasoningOf(usage),
  };
}

function reasoningOf(usage: OpenAI.Responses.ResponseUsage): number {
  const details = usage.output_tokens_details as typeof usage.output_tokens_details | undefined;
  return details?.reasoning_tokens ?? 0;
}

/** A stream that began well and failed: there is a word for why, and seldom a status. */
function failureOf(code: string | null | undefined, message: string | undefined): ProviderFailure {
  const said = message ?? "the service broke off";
  if (code === "rate_limit_exceeded") return new ProviderFailure("rate_limit", said);
  const status = Number(code ?? Number.NaN);
  return new ProviderFailure(Number.isInteger(status) ? reasonOf(status, said) : "server_error", said);
}

import type { ProviderEvent, StopReason, TokenUsage } from "../../../domain/runs/index.ts";
import { member, numberMember, textMember } from "../foreign.ts";
import { argumentsFrom } from "../tool-arguments.ts";

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "toolUse",
};

interface Block {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  json: string;
}

/** Puts the events of a stream together. A tool call is told when its block is complete. */
export function eventReader() {
  let block: Block | undefined;
  let reason: string | undefined;
  let usage: Readonly<Record<"input" | "output" | "cacheRead" | "cacheWrite", number>> = {
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite: 0,
  };
  let origin: { responseId?: string; responseModel?: string } = {};

  /** The counts come in two events; what the second does not name stays as the first had it. */
  function count(given: unknown): void {
    const either = (name: string, before: number) =>
      typeof member(given, name) === "number" ? numberMember(given, name) : before;
    usage = {
      input: either("input_tokens", usage.input),
      output: either("output_tokens", usage.output),
      cacheRead: either("cache_read_input_tokens", usage.cacheRead),
      cacheWrite: either("cache_creation_input_tokens", usage.cacheWrite),
    };
  }

  function* delta(given: unknown): Generator<ProviderEvent> {
    switch (textMember(given, "type")) {
      case "text_delta":
        yield { type: "text", text: textMember(given, "text") ?? "" };
        break;
      case "thinking_delta":
        yield { type: "thinking", text: textMember(given, "thinking") ?? "" };
        break;
      case "signature_delta":
        yield { type: "thinking", text: "", signature: textMember(given, "signature") ?? "" };
        break;
      case "input_json_delta":
        if (block !== undefined) block.json += textMember(given, "partial_json") ?? "";
        break;
      default:
    }
  }

  return {
    *read(event: unknown): Generator<ProviderEvent> {
      switch (textMember(event, "type")) {
        case "message_start": {
          const message = member(event, "message");
          const [id, model] = [textMember(message, "id"), textMember(message, "model")];
          origin = {
            ...(id === undefined ? {} : { responseId: id }),
            ...(model === undefined ? {} : { responseModel: model }),
          };
          count(member(message, "usage"));
          break;
        }
        case "content_block_start": {
          const start = member(event, "content_block");
          const text = (name: string) => textMember(start, name) ?? "";
          block = { type: text("type"), id: text("id"), name: text("name"), json: "" };
          break;
        }
        case "content_block_delta":
          yield* delta(member(event, "delta"));
          break;
        case "content_block_stop":
          if (block?.type === "tool_use") {
            const { id, name, json } = block;
            yield { type: "tool-call", call: { id, name, arguments: argumentsFrom(json) } };
          }
          block = undefined;
          break;
        case "message_delta":
          reason = textMember(member(event, "delta"), "stop_reason") ?? reason;
          count(member(event, "usage"));
          break;
        default:
      }
    },
    /** A stream that ends without a reason was cut: then there is no `stop`. */
    *end(): Generator<ProviderEvent> {
      if (reason === undefined) return;
      const { input, output, cacheRead, cacheWrite } = usage;
      const all: TokenUsage = { ...usage, total: input + output + cacheRead + cacheWrite };
      yield { type: "usage", usage: all };
      yield { type: "stop", reason: STOP_REASONS[reason] ?? "stop", ...origin };
    },
  };
}

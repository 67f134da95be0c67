import type { Clock } from "../../platform/clock.ts";
import type { Broadcast } from "./broadcast.ts";
import type { Answer } from "./messages.ts";
import {
  type Provider,
  type ProviderEvent,
  ProviderFailure,
  type ProviderRequest,
  type ToolCall,
  type ToolDeclaration,
} from "./provider.ts";
import { NO_USAGE } from "./usage.ts";
import { visibleText } from "./visible-text.ts";

export interface ModelCall {
  readonly provider: Provider;
  readonly request: ProviderRequest;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Tokens that earlier calls of the run put out: clients are told the sum. */
  readonly outputTokensBefore: number;
  /** Somebody waits for the answer: that there is none is no answer. */
  readonly isAwaited: boolean;
  /** Called once, when the first piece of the answer arrives. */
  readonly onFirstPiece: () => void;
  /** What has to be done before anything of the answer is told. */
  readonly ready: Promise<unknown>;
}

/** Tool calls of one answer that are taken; a model that asks for more is out of its mind. */
const TOOL_CALLS_MAX = 128;

/** Names by which models know a tool that is called otherwise here. */
const ALIASES: Readonly<Record<string, string>> = { bash: "exec" };

/** compat(RN21): models are not exact about names: letters, spaces around, and where the tool is said to live. */
function meant(call: ToolCall, tools: readonly ToolDeclaration[]): ToolCall {
  if (tools.some(({ name }) => name === call.name)) return call;
  const bare = call.name.trim().toLowerCase().split(".").at(-1) ?? "";
  const wanted = ALIASES[bare] ?? bare;
  const tool = tools.find(({ name }) => name.toLowerCase() === wanted);
  return tool === undefined ? call : { ...call, name: tool.name };
}

/** Makes one model call and passes its text on while it comes. */
export async function callModel(call: ModelCall): Promise<Answer> {
  const { broadcast, request } = call;
  const startedAt = call.clock.now();
  let raw = "";
  /** As much of the text as people see. */
  let text = "";
  let thinking = "";
  let thinkingSignature: string | undefined;
  let usage = NO_USAGE;
  let stop: Extract<ProviderEvent, { type: "stop" }> | undefined;
  const toolCalls: ToolCall[] = [];
  let isFirst = true;
  let hasThought = false;

  const say = (shown: string) => {
    if (!shown.startsWith(text)) return;
    if (!hasThought) broadcast.addText(shown.slice(text.length));
    text = shown;
  };
  for await (const piece of call.provider.stream(request, call.signal)) {
    call.signal.throwIfAborted();
    if (isFirst) {
      await call.ready;
      call.onFirstPiece();
    }
    isFirst = false;
    switch (piece.type) {
      case "text":
        raw += piece.text;
        // compat(RN19): after thoughts it is not known yet whether this is the answer, so it is held back.
        say(visibleText(raw, false, call.isAwaited));
        break;
      case "thinking":
        hasThought = true;
        thinkingSignature = piece.signature ?? thinkingSignature;
        if (request.model.reasoning) {
          thinking += piece.text;
          broadcast.addThinking(piece.text);
        }
        break;
      case "tool-call":
        if (toolCalls.length < TOOL_CALLS_MAX) toolCalls.push(meant(piece.call, request.tools));
        break;
      case "usage":
        usage = piece.usage;
        break;
      case "stop":
        stop = piece;
        break;
    }
  }
  call.signal.throwIfAborted();
  if (stop === undefined) throw new ProviderFailure("timeout", "the stream ended before the answer did");
  say(visibleText(raw, true, call.isAwaited));
  if (toolCalls.length > 0 && !hasThought) broadcast.preamble("update");
  broadcast.stream("usage", { outputTokens: call.outputTokensBefore + usage.output });
  if (hasThought) broadcast.addText(text);
  if (toolCalls.length > 0) broadcast.preamble("end");
  return {
    text,
    isHeldBack: hasThought && text !== "",
    thinking,
    ...(thinkingSignature === undefined ? {} : { thinkingSignature }),
    toolCalls,
    usage,
    stopReason: toolCalls.length > 0 ? "toolUse" : stop.reason,
    startedAt,
    ...(stop.responseId === undefined ? {} : { responseId: stop.responseId }),
    ...(stop.responseModel === undefined ? {} : { responseModel: stop.responseModel }),
    ...(stop.textId === undefined ? {} : { textId: stop.textId }),
    ...(stop.terminal === undefined ? {} : { terminal: { at: call.clock.now(), details: stop.terminal } }),
  };
}

import type { Attachment, Sampling, ToolDeclaration } from "../domain/runs/index.ts";
import { isRecord, kindOf, wrongKind } from "./answers.ts";

import { offeredTools, requiredCall, toolsProblem } from "./client-tools.ts";
import { imagesIn } from "./image-parts.ts";

export interface ChatMessage {
  readonly role: string;
  readonly text: string;
  readonly name?: string;
}

export interface ChatBody {
  readonly model: string | undefined;
  readonly user: string | undefined;
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  readonly messages: readonly ChatMessage[];
  readonly images: readonly Attachment[];
  readonly clientTools: readonly ToolDeclaration[];
  readonly sampling: Sampling;
  /** Said when a tool of the client had to be called and none was. */
  readonly requiredCall: string | undefined;
}

const STOPS_MAX = 4;

/** Ranges of the numbers that are handed to providers, and how their refusals write them. */
const RANGES = [
  ["temperature", 0, 2, "0 and 2"],
  ["top_p", 0, 1, "0 and 1"],
  ["frequency_penalty", -2, 2, "-2.0 and 2.0"],
  ["presence_penalty", -2, 2, "-2.0 and 2.0"],
] as const;

/** The body of `/v1/chat/completions`, or what is wrong with it. */
export function readChatBody(value: unknown): ChatBody | string {
  if (!isRecord(value)) return `: Invalid input: expected object, received ${kindOf(value)}`;
  const problem = shapeProblem(value) ?? rangeProblem(value) ?? stopProblem(value["stop"]);
  if (problem !== undefined) return problem;
  const { model, user, stream, messages, stream_options: streamOptions, tool_choice: choice } = value;
  const images = imagesIn(messages);
  const wrongTools = toolsProblem(value);
  if (wrongTools !== undefined) return wrongTools;
  if (images === undefined) return "Invalid image_url content in `messages`.";
  return {
    model: typeof model === "string" ? model : undefined,
    user: typeof user === "string" ? user : undefined,
    isStream: stream === true,
    wantsUsage: isRecord(streamOptions) && streamOptions["include_usage"] === true,
    messages: Array.isArray(messages) ? messages.flatMap(readMessage) : [],
    images,
    clientTools: offeredTools(value["tools"], choice),
    sampling: samplingOf(value),
    requiredCall: requiredCall(choice),
  };
}

function samplingOf(body: Readonly<Record<string, unknown>>): Sampling {
  const number = (name: string) => {
    const value = body[name];
    return typeof value === "number" ? { [name]: value } : {};
  };
  const { stop, response_format: format } = body;
  const most = body["max_completion_tokens"] ?? body["max_tokens"];
  const stops = typeof stop === "string" ? [stop] : Array.isArray(stop) ? stop.map(String) : [];
  return {
    ...(typeof most === "number" ? { maxTokens: most } : {}),
    ...RANGES.reduce((all, [name]) => ({ ...all, ...number(name) }), number("seed")),
    ...(stops.length === 0 ? {} : { stop: stops }),
    ...(isRecord(format) ? { response_format: format } : {}),
  };
}

function shapeProblem(body: Readonly<Record<string, unknown>>): string | undefined {
  return (
    wrongKind("model", body["model"], "string") ??
    wrongKind("stream", body["stream"], "boolean") ??
    wrongKind("messages", body["messages"], "array") ??
    wrongKind("user", body["user"], "string") ??
    wrongKind("tools", body["tools"], "array") ??
    wrongCount("max_completion_tokens", body["max_completion_tokens"]) ??
    wrongCount("max_tokens", body["max_tokens"]) ??
    RANGES.map(([name]) => wrongNumber(name, body[name])).find((one) => one !== undefined) ??
    wrongNumber("seed", body["seed"]) ??
    wrongStop(body["stop"])
  );
}

export function wrongNumber(name: string, value: unknown): string | undefined {
  return value === null ? undefined : wrongKind(name, value, "number");
}

/** A count of tokens: a whole number above zero, or nothing. */
export function wrongCount(name: string, value: unknown): string | undefined {
  const wrong = wrongNumber(name, value);
  if (wrong !== undefined || typeof value !== "number") return wrong;
  if (!Number.isSafeInteger(value)) return `${name}: Invalid input: expected int, received number`;
  return value > 0 ? undefined : `${name}: Too small: expected number to be >0`;
}

export function wrongOption(name: string, value: unknown, options: readonly string[]): string | undefined {
  if (value === undefined || (typeof value === "string" && options.includes(value))) return undefined;
  return `${name}: Invalid option: expected one of ${options.map((one) => JSON.stringify(one)).join("|")}`;
}

function wrongStop(stop: unknown): string | undefined {
  if (stop === undefined || stop === null || typeof stop === "string") return undefined;
  const isList = Array.isArray(stop) && stop.every((one) => typeof one === "string");
  return isList ? undefined : "stop: Invalid input";
}

function rangeProblem(body: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, low, high, words] of RANGES) {
    const value = body[name];
    if (typeof value === "number" && (value < low || value > high))
      return `\`${name}\` must be between ${words}.`;
  }
  const seed = body["seed"];
  return typeof seed === "number" && !Number.isInteger(seed) ? "`seed` must be an integer." : undefined;
}

function stopProblem(stop: unknown): string | undefined {
  const stops: readonly unknown[] = typeof stop === "string" ? [stop] : Array.isArray(stop) ? stop : [];
  if (stops.length > STOPS_MAX) return `Invalid stop: stop supports at most ${STOPS_MAX} sequences`;
  return stops.includes("") ? "Invalid stop: stop entries must be non-empty strings" : undefined;
}

function readMessage(value: unknown): ChatMessage[] {
  if (!isRecord(value) || typeof value["role"] !== "string") return [];
  const { role, content, name, tool_call_id: callId } = value;
  const speaker = role === "tool" ? callId : name;
  const text = [textOf(content), ...callsOf(value["tool_calls"])].filter((part) => part !== "").join("\n");
  return [{ role, text, ...(typeof speaker === "string" ? { name: speaker } : {}) }];
}

/** The calls of an assistant, written out: the model sees what it asked for. */
function callsOf(calls: unknown): readonly string[] {
  if (!Array.isArray(calls)) return [];
  return calls.filter(isRecord).flatMap((call) => {
    const called = isRecord(call["function"]) ? call["function"] : {};
    return [callText(call["id"], called["name"], called["arguments"])];
  });
}

export function callText(id: unknown, name: unknown, given: unknown): string {
  return `tool_call id=${String(id)} name=${String(name)} arguments=${String(given)}`;
}

/** The words of a message, whether it is one text or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .flatMap((part: unknown) => {
      const text = isRecord(part) ? (part["text"] ?? part["input_text"]) : undefined;
      return typeof text === "string" ? [text] : [];
    })
    .join("\n");
}

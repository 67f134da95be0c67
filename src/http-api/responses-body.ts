import { isRecord, kindOf, wrongKind } from "./answers.ts";
import { type ChatMessage, textOf, wrongCount, wrongNumber } from "./chat-body.ts";

export interface ResponsesBody {
  readonly model: string;
  readonly user: string | undefined;
  readonly isStream: boolean;
  readonly instructions: string | undefined;
  readonly messages: readonly ChatMessage[];
  readonly previousId: string | undefined;
  readonly requiresTool: boolean;
}

const INVALID_INPUT = "input: Invalid input";
const ROLES: ReadonlySet<unknown> = new Set(["system", "developer", "user", "assistant"]);
const ITEMS: ReadonlySet<unknown> = new Set([
  "message",
  "function_call",
  "function_call_output",
  "reasoning",
  "item_reference",
]);

/** The body of `/v1/responses`, or what is wrong with it. */
export function readResponsesBody(value: unknown): ResponsesBody | string {
  if (!isRecord(value)) return `: Invalid input: expected object, received ${kindOf(value)}`;
  const problem = shapeProblem(value);
  if (problem !== undefined) return problem;
  const { model, user, stream, instructions, input, previous_response_id: previousId } = value;
  const { tool_choice: choice } = value;
  return {
    model: typeof model === "string" ? model : "",
    user: typeof user === "string" ? user : undefined,
    isStream: stream === true,
    instructions: typeof instructions === "string" ? instructions : undefined,
    messages: typeof input === "string" ? [{ role: "user", text: input }] : readItems(input),
    previousId: typeof previousId === "string" ? previousId : undefined,
    requiresTool: choice === "required" || (isRecord(choice) && choice["type"] === "function"),
  };
}

function shapeProblem(body: Readonly<Record<string, unknown>>): string | undefined {
  const { model, input } = body;
  if (typeof model !== "string") {
    return `model: Invalid input: expected string, received ${model === undefined ? "undefined" : kindOf(model)}`;
  }
  const isItems = Array.isArray(input) && input.every(isItem);
  if (typeof input !== "string" && !isItems) return INVALID_INPUT;
  return (
    wrongKind("instructions", body["instructions"], "string") ??
    wrongKind("tools", body["tools"], "array") ??
    wrongKind("stream", body["stream"], "boolean") ??
    wrongCount("max_output_tokens", body["max_output_tokens"]) ??
    wrongKind("user", body["user"], "string") ??
    wrongNumber("temperature", body["temperature"]) ??
    wrongNumber("top_p", body["top_p"]) ??
    wrongKind("previous_response_id", body["previous_response_id"], "string")
  );
}

function isItem(value: unknown): boolean {
  if (!isRecord(value) || !ITEMS.has(value["type"])) return false;
  if (value["type"] === "message") return ROLES.has(value["role"]) && value["content"] !== undefined;
  return value["type"] !== "function_call_output" || typeof value["call_id"] === "string";
}

function readItems(input: unknown): readonly ChatMessage[] {
  if (!Array.isArray(input)) return [];
  return input.filter(isRecord).flatMap((item): ChatMessage[] => {
    const { type, role, content, output, call_id: callId } = item;
    if (type === "message" && typeof role === "string") return [{ role, text: textOf(content) }];
    if (type !== "function_call_output" || typeof callId !== "string") return [];
    return [{ role: "tool", text: typeof output === "string" ? output : "", name: callId }];
  });
}

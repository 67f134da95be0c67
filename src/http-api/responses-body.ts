import type { Sampling, ToolDeclaration } from "../domain/runs/index.ts";
import { isRecord, kindOf, wrongKind } from "./answers.ts";
import { type ChatMessage, callText, textOf, wrongCount, wrongNumber, wrongOption } from "./chat-body.ts";
import { offeredTools, requiredCall, toolsProblem } from "./client-tools.ts";

export interface ResponsesBody {
  readonly model: string;
  readonly user: string | undefined;
  readonly isStream: boolean;
  readonly instructions: string | undefined;
  readonly messages: readonly ChatMessage[];
  readonly previousId: string | undefined;
  readonly clientTools: readonly ToolDeclaration[];
  readonly sampling: Sampling;
  /** Said when a tool of the client had to be called and none was. */
  readonly requiredCall: string | undefined;
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
  const problem = shapeProblem(value) ?? settingsProblem(value);
  if (problem !== undefined) return problem;
  if (toolsProblem({ tools: namedTools(value["tools"]), tool_choice: value["tool_choice"] }) !== undefined) {
    return "invalid tool configuration";
  }
  const { model, user, stream, instructions, input, previous_response_id: previousId } = value;
  const { tool_choice: choice } = value;
  return {
    model: typeof model === "string" ? model : "",
    user: typeof user === "string" ? user : undefined,
    isStream: stream === true,
    instructions: typeof instructions === "string" ? instructions : undefined,
    messages: typeof input === "string" ? [{ role: "user", text: input }] : readItems(input),
    previousId: typeof previousId === "string" ? previousId : undefined,
    clientTools: offeredTools(value["tools"], choice),
    sampling: samplingOf(value),
    requiredCall: requiredCall(choice),
  };
}

function samplingOf({
  max_output_tokens: most,
  temperature,
  top_p: share,
}: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof most === "number" ? { maxTokens: most } : {}),
    ...(typeof temperature === "number" ? { temperature } : {}),
    ...(typeof share === "number" ? { top_p: share } : {}),
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
    wrongTool(body["tools"]) ??
    wrongChoice(body["tool_choice"]) ??
    wrongKind("stream", body["stream"], "boolean") ??
    wrongCount("max_output_tokens", body["max_output_tokens"]) ??
    wrongKind("user", body["user"], "string") ??
    wrongShare("temperature", body["temperature"], 2) ??
    wrongShare("top_p", body["top_p"], 1) ??
    wrongKind("previous_response_id", body["previous_response_id"], "string")
  );
}

const MEMBERS: ReadonlySet<string> = new Set([
  "model",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "stream",
  "max_output_tokens",
  "max_tool_calls",
  "user",
  "temperature",
  "top_p",
  "metadata",
  "store",
  "previous_response_id",
  "reasoning",
  "truncation",
]);

/** Members that are taken and change nothing, which have to be right all the same. */
function settingsProblem(body: Readonly<Record<string, unknown>>): string | undefined {
  const { metadata, reasoning, truncation } = body;
  const wrongCalls = wrongCount("max_tool_calls", body["max_tool_calls"]);
  if (wrongCalls !== undefined) return wrongCalls;
  if (metadata !== undefined && !isRecord(metadata)) {
    return `metadata: Invalid input: expected record, received ${kindOf(metadata)}`;
  }
  const effort = isRecord(reasoning) ? reasoning["effort"] : undefined;
  const problem =
    wrongOption("reasoning.effort", effort, ["low", "medium", "high"]) ??
    wrongOption("truncation", truncation, ["auto", "disabled"]);
  if (problem !== undefined) return problem;
  const strays = Object.keys(body).filter((name) => !MEMBERS.has(name));
  if (strays.length === 0) return undefined;
  const names = strays.map((name) => JSON.stringify(name)).join(", ");
  return `: Unrecognized key${strays.length > 1 ? "s" : ""}: ${names}`;
}

function wrongShare(name: string, value: unknown, max: number): string | undefined {
  const wrong = wrongNumber(name, value);
  if (wrong !== undefined || typeof value !== "number") return wrong;
  if (value < 0) return `${name}: Too small: expected number to be >=0`;
  return value > max ? `${name}: Too big: expected number to be <=${max}` : undefined;
}

function wrongTool(tools: unknown): string | undefined {
  if (!Array.isArray(tools)) return undefined;
  for (const [at, tool] of (tools as readonly unknown[]).entries()) {
    if (!isRecord(tool)) return `tools.${at}: Invalid input: expected object, received ${kindOf(tool)}`;
    if (tool["type"] !== "function") return `tools.${at}.type: Invalid input: expected "function"`;
    const { name } = tool;
    if (typeof name !== "string") {
      const kind = name === undefined ? "undefined" : kindOf(name);
      return `tools.${at}.name: Invalid input: expected string, received ${kind}`;
    }
  }
  return undefined;
}

function wrongChoice(choice: unknown): string | undefined {
  const isWord = choice === undefined || choice === "auto" || choice === "none" || choice === "required";
  return isWord || (isRecord(choice) && choice["type"] === "function")
    ? undefined
    : "tool_choice: Invalid input";
}

/** The tools in the shape that chats have them in. */
function namedTools(tools: unknown): unknown {
  if (!Array.isArray(tools)) return tools;
  return tools.map((tool: unknown) => ({ type: "function", function: tool }));
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
    if (type === "function_call") {
      return [{ role: "assistant", text: callText(callId, item["name"], item["arguments"]) }];
    }
    if (type !== "function_call_output" || typeof callId !== "string") return [];
    return [{ role: "tool", text: typeof output === "string" ? output : "", name: callId }];
  });
}

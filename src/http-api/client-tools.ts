import type { ClientCall, RunOutcome, ToolDeclaration } from "../domain/runs/index.ts";
import { isRecord } from "./answers.ts";

/** The tools that a client offers, as far as its choice lets the model use them. */
export function offeredTools(tools: unknown, choice: unknown): readonly ToolDeclaration[] {
  if (!Array.isArray(tools) || choice === "none") return [];
  const only = isRecord(choice) ? chosenName(choice) : undefined;
  return tools.filter(isRecord).flatMap((tool) => {
    const told = isRecord(tool["function"]) ? tool["function"] : tool;
    const name = nameOf(told);
    if (name === undefined || (only !== undefined && name !== only)) return [];
    const { description, parameters } = told;
    const schema = isRecord(parameters) ? parameters : { type: "object", properties: {} };
    return [{ name, description: typeof description === "string" ? description : "", parameters: schema }];
  });
}

/** A name can only mean one tool: neither two of the client nor one of the gateway as well. */
export function areNamesTaken(tools: readonly ToolDeclaration[], own: ReadonlySet<string>): boolean {
  const names = tools.map(({ name }) => name);
  return new Set(names).size < names.length || names.some((name) => own.has(name));
}

export interface WireCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** The calls that the client is to make, with names by which it brings their results. */
export function wireCalls({ clientCalls = [] }: RunOutcome, fresh: () => string): readonly WireCall[] {
  return clientCalls.map((call: ClientCall) => ({
    id: fresh(),
    name: call.name,
    arguments: JSON.stringify(call.arguments ?? {}),
  }));
}

/** What is wrong with the tools that a client offers and how they are to be used; undefined when nothing is. */
export function toolsProblem(body: Readonly<Record<string, unknown>>): string | undefined {
  const { tools = [], tool_choice: choice } = body;
  const problem = offeredProblem(tools) ?? choiceProblem(choice, namesOf(tools));
  return problem === undefined ? undefined : `Invalid tools/tool_choice: ${problem}`;
}

/** Whether the answer has to be a call of a tool of the client, and the words for it when it is none. */
export function requiredCall(choice: unknown): string | undefined {
  if (choice === "required") return "tool_choice=required was not satisfied by the agent response";
  const name = isRecord(choice) && choice["type"] === "function" ? chosenName(choice) : undefined;
  return name === undefined ? undefined : `tool_choice=${name} was not satisfied by the agent response`;
}

function offeredProblem(tools: unknown): string | undefined {
  if (!Array.isArray(tools)) return undefined;
  for (const tool of tools as readonly unknown[]) {
    if (!isRecord(tool)) return "each tool must be an object";
    if (tool["type"] !== "function") return "only function tools are supported";
    if (!isRecord(tool["function"])) return "tool.function is required";
    if (nameOf(tool["function"]) === undefined) return "tool.function.name is required";
  }
  return undefined;
}

function choiceProblem(choice: unknown, names: readonly string[]): string | undefined {
  if (choice === undefined || choice === null || choice === "auto" || choice === "none") return undefined;
  if (choice === "required") {
    return names.length === 0 ? "tool_choice=required but no tools were provided" : undefined;
  }
  if (!isRecord(choice)) return "tool_choice must be a string or object";
  if (choice["type"] !== "function") return `tool_choice ${String(choice["type"])} is not supported`;
  const name = chosenName(choice);
  if (name === undefined) return "tool_choice.function.name is required";
  return names.includes(name) ? undefined : `tool_choice requested unknown tool: ${name}`;
}

function chosenName(choice: Readonly<Record<string, unknown>>): string | undefined {
  return nameOf(isRecord(choice["function"]) ? choice["function"] : choice);
}

function nameOf(holder: Readonly<Record<string, unknown>>): string | undefined {
  const name = typeof holder["name"] === "string" ? holder["name"].trim() : "";
  return name === "" ? undefined : name;
}

function namesOf(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) return [];
  return tools.filter(isRecord).flatMap((tool) => {
    const name = nameOf(isRecord(tool["function"]) ? tool["function"] : tool);
    return name === undefined ? [] : [name];
  });
}

import type { ToolAnswer, ToolCall } from "./http-api/index.ts";
import type { Deps } from "./methods/deps.ts";
import type { Caller } from "./methods/method.ts";

/** Lets the HTTP API call tools as clients on a socket do: by the very same method. */
export function toolsOverHttp(deps: Deps): (call: ToolCall) => Promise<ToolAnswer> {
  return async ({ scopes, ...params }) => {
    const { default: methods } = await import("./methods/tools/invoke.ts");
    const [invoke] = methods;
    if (invoke === undefined)
      return { ok: false, code: "not_found", message: `Tool not available: ${params.name}` };
    const call = { requestId: deps.ids.uuid(), params, caller: callerOf(scopes), deps, signal: NEVER };
    return toolAnswer(await invoke.handle(call));
  };
}

/** The names of all tools that an agent has, for who may do everything. */
export async function toolNames({ toolbox }: Deps, agentId: string): Promise<ReadonlySet<string>> {
  const tools = await toolbox(agentId, undefined, { isOwner: true, isFlat: true });
  return new Set(tools.map(({ name }) => name));
}

const NEVER = new AbortController().signal;

function callerOf(scopes: readonly string[]): Caller {
  return {
    connId: "http",
    role: "operator",
    scopes,
    caps: [],
    client: { id: "http", mode: "backend", version: "1", platform: "http" },
    authMethod: "token",
    address: "",
    isLoopback: false,
    topics: new Set(),
  };
}

/** The method's answer, of which each member is looked at: it comes without its type. */
function toolAnswer(result: unknown): ToolAnswer {
  const member = (from: unknown, name: string): unknown =>
    typeof from === "object" && from !== null ? (Reflect.get(from, name) as unknown) : undefined;
  if (member(result, "ok") === true) return { ok: true, output: member(result, "output") };
  const error = member(result, "error");
  const [code, message] = [member(error, "code"), member(error, "message")];
  return {
    ok: false,
    code: typeof code === "string" ? code : "tool_error",
    message: typeof message === "string" ? message : "tool failed",
  };
}

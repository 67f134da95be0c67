import { isRecord } from "../../domain/config/index.ts";
import type { Grant, GrantedTools } from "../../domain/grants/index.ts";
import { parseJson } from "../../platform/json.ts";

const PROTOCOL = "2025-03-26";
const SERVER = { name: "openclaw", version: "0.1.0" };
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const UNKNOWN_METHOD = -32_601;

export interface RpcAnswer {
  readonly status: number;
  /** Undefined when there was nothing but notifications. */
  readonly answer: unknown;
}

/** JSON-RPC as MCP speaks it: one message or a list of them. */
export async function answerRpc(
  body: string,
  grant: Grant,
  tools: GrantedTools,
  signal: AbortSignal,
): Promise<RpcAnswer> {
  const message = parseJson(body);
  if (message === undefined) return { status: 400, answer: failure(null, PARSE_ERROR, "Parse error") };
  const one = (single: unknown) => answerOne(single, grant, tools, signal);
  if (!Array.isArray(message)) return toAnswer(await one(message));
  const answers = (await Promise.all(message.map(one))).filter((answer) => answer !== undefined);
  return toAnswer(answers.length === 0 ? undefined : answers);
}

function toAnswer(answer: unknown): RpcAnswer {
  return { status: answer === undefined ? 202 : 200, answer };
}

async function answerOne(message: unknown, grant: Grant, tools: GrantedTools, signal: AbortSignal) {
  if (!isRecord(message) || typeof message["method"] !== "string")
    return failure(null, INVALID_REQUEST, "Invalid Request");
  const { id, method, params } = message;
  // What has no id wants no answer.
  if (id === undefined) return undefined;
  const done = (result: unknown) => ({ jsonrpc: "2.0", id, result });
  switch (method) {
    case "initialize":
      return done({ protocolVersion: PROTOCOL, capabilities: { tools: {} }, serverInfo: SERVER });
    case "tools/list":
      return done({ tools: await tools.list(grant) });
    case "tools/call": {
      const { name, arguments: args } = isRecord(params) ? params : {};
      const call = { name: typeof name === "string" ? name : "", args: args ?? {}, signal };
      const { text, isError } = await tools.call(grant, call);
      return done({ content: [{ type: "text", text }], isError });
    }
    default:
      return failure(id, UNKNOWN_METHOD, `Method not found: ${method}`);
  }
}

function failure(id: unknown, code: number, message: string) {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

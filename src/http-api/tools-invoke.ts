import { POLICY } from "../../schemas/policy.ts";
import type { Exchange } from "../transport/exchange.ts";
import { isMethodWrong, isRecord, readJson } from "./answers.ts";
import { authorize } from "./authorize.ts";
import type { ApiParts } from "./parts.ts";

/** Tools that are not called from outside unless the configuration says so, whoever asks. */
const DENIED: ReadonlySet<string> = new Set([
  "exec",
  "spawn",
  "shell",
  "fs_write",
  "fs_delete",
  "fs_move",
  "apply_patch",
  "sessions_spawn",
  "sessions_send",
  "cron",
  "automations",
  "gateway",
  "nodes",
]);

/** `POST /tools/invoke`: one tool, without a turn around it. */
export function createToolsInvoke({ config, invokeTool }: ApiParts): (exchange: Exchange) => Promise<void> {
  const isDenied = (name: string): boolean => {
    const { allow = [], deny = [] } = config.current().gateway.tools;
    return deny.includes(name) || (DENIED.has(name) && !allow.includes(name));
  };
  return async (exchange) => {
    if (isMethodWrong(exchange, "POST")) return;
    const requester = authorize(exchange, config);
    if (requester === undefined) return;
    const text = await exchange.readBody(POLICY.httpBodyBytesMax);
    const parsed = text === undefined ? undefined : readJson(exchange, text);
    if (parsed === undefined) return;
    const body = isRecord(parsed.value) ? parsed.value : {};
    const name = said(body["name"]) ?? said(body["tool"]);
    const fail = (status: number, type: string, message: string) =>
      exchange.json(status, { ok: false, error: { type, message } });
    if (name === undefined) return fail(400, "invalid_request", "tools.invoke requires name");
    const { args, action } = body;
    const agentId = said(body["agentId"]);
    const sessionKey = said(body["sessionKey"]);
    const idempotencyKey = said(body["idempotencyKey"]);
    const named = sessionKey?.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
    if (agentId !== undefined && named !== undefined && agentId !== named) {
      const message = `agent "${agentId}" does not match session key agent "${named}"`;
      return fail(400, "invalid_request", message);
    }
    const unavailable = `Tool not available: ${name === "cron" ? "automations" : name}`;
    if (isDenied(name)) return fail(404, "not_found", unavailable);
    const answer = await invokeTool({
      name,
      args: { ...(typeof action === "string" ? { action } : {}), ...(isRecord(args) ? args : {}) },
      scopes: requester.scopes,
      ...(sessionKey === undefined ? {} : { sessionKey }),
      ...(agentId === undefined ? {} : { agentId }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    if (answer.ok) return exchange.json(200, { ok: true, result: answer.output });
    const [status, type] = REFUSALS[answer.code] ?? [500, "tool_error"];
    fail(status, type, answer.message);
  };
}

/** How HTTP says what `tools.invoke` refuses. */
const REFUSALS: Readonly<Record<string, readonly [number, string]>> = {
  not_found: [404, "not_found"],
  validation_error: [400, "invalid_request"],
  tool_error: [400, "tool_error"],
  forbidden: [403, "tool_call_blocked"],
};

function said(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}

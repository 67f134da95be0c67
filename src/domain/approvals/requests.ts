import { invalidRequest } from "../../errors/protocol-error.ts";
import { analyseCommand } from "./command-analysis.ts";
import { DECISIONS, type Decision } from "./record.ts";

/** What is asked for, with every member that clients read; what nobody said is null. */
export type ApprovalRequest = Readonly<Record<string, unknown>> & {
  readonly agentId: string | null;
  readonly sessionKey: string | null;
};

/** The checked params of `exec.approval.request` and of `plugin.approval.request`. */
export type RequestParams = Readonly<Record<string, unknown>>;

interface Asked {
  readonly request: ApprovalRequest;
  readonly allowedDecisions: readonly Decision[];
}

const ID = /^[A-Za-z0-9._:-]{1,128}$/;
const TURN = ["turnSourceChannel", "turnSourceTo", "turnSourceAccountId", "turnSourceThreadId"];

/** The id a client chose for its approval, or undefined when it leaves that to us. */
export function checkedId(id: unknown): string | undefined {
  if (typeof id !== "string") return undefined;
  if (!ID.test(id) || id === "." || id === "..") {
    throw invalidRequest(
      "approval id must be 1-128 characters using only letters, numbers, '.', '_', ':', or '-', and cannot be '.' or '..'",
      { details: { code: "EXEC_APPROVAL_ID_INVALID", reason: "INVALID_APPROVAL_ID" } },
    );
  }
  if (id.startsWith("plugin:")) throw invalidRequest("approval ids starting with plugin: are reserved");
  return id;
}

export function execRequest(params: RequestParams): Asked {
  const plan = params["host"] === "node" ? planOf(params) : undefined;
  const command = text(plan?.["commandText"]) ?? text(params["command"]);
  if (command === null || command.trim() === "") throw invalidRequest("command is required");
  checkNode(params, plan);
  const unavailable = Array.isArray(params["unavailableDecisions"]) ? params["unavailableDecisions"] : [];
  // Who is asked always must not be able to answer once and for all.
  const isAlwaysOffered = params["ask"] !== "always" && !unavailable.includes("allow-always");
  const allowedDecisions = DECISIONS.filter((decision) => isAlwaysOffered || decision !== "allow-always");
  const env = params["env"];
  const agentId = text(plan?.["agentId"]) ?? text(params["agentId"]);
  const sessionKey = text(plan?.["sessionKey"]) ?? text(params["sessionKey"]);
  const cwd = text(plan?.["cwd"]) ?? text(params["cwd"]);
  const argv = plan?.["argv"] ?? params["commandArgv"];
  const request = {
    command,
    ...(plan !== undefined || argv === undefined ? {} : { commandArgv: argv }),
    ...(isObject(env) && Object.keys(env).length > 0 ? { envKeys: Object.keys(env).toSorted() } : {}),
    systemRunBinding: plan === undefined ? null : { argv, cwd, agentId, sessionKey, envHash: null },
    systemRunPlan: plan === undefined ? null : { commandPreview: null, ...plan },
    cwd,
    ...nullable(params, ["nodeId", "host", "security", "ask", "warningText", "scope"]),
    commandAnalysis: analyseCommand(command),
    ...(unavailable.length === 0 ? {} : { unavailableDecisions: unavailable }),
    allowedDecisions,
    agentId,
    ...nullable(params, ["resolvedPath", "sessionId", "runId", "toolCallId", ...TURN]),
    sessionKey,
    cronExecutionSource: null,
    cronOperationBinding: null,
  };
  return { request, allowedDecisions };
}

export function pluginRequest(params: RequestParams): Asked {
  const wanted = Array.isArray(params["allowedDecisions"]) ? params["allowedDecisions"] : undefined;
  const sessionKey = text(params["sessionKey"]);
  const request = {
    ...nullable(params, ["pluginId", "title", "description", "scope", "detail", "severity"]),
    ...nullable(params, ["toolName", "toolCallId", "runId", ...TURN]),
    ...(params["mcpTool"] === undefined ? {} : { mcpTool: params["mcpTool"] }),
    ...(wanted === undefined ? {} : { allowedDecisions: offered(wanted) }),
    agentId: text(params["agentId"]) ?? agentOf(sessionKey),
    sessionKey,
  };
  return { request, allowedDecisions: wanted === undefined ? DECISIONS : offered(wanted) };
}

/** Saying no is always possible. */
function offered(wanted: readonly unknown[]): readonly Decision[] {
  const known = wanted.filter((decision): decision is Decision => isDecision(decision));
  return [...new Set<Decision>([...known, "deny"])];
}

export function isDecision(value: unknown): value is Decision {
  return DECISIONS.some((decision) => decision === value);
}

function agentOf(sessionKey: string | null): string | null {
  return /^agent:([^:]+):/.exec(sessionKey ?? "")?.[1] ?? null;
}

function planOf(params: RequestParams): Readonly<Record<string, unknown>> | undefined {
  return isObject(params["systemRunPlan"]) ? params["systemRunPlan"] : undefined;
}

function checkNode(params: RequestParams, plan: object | undefined): void {
  if (params["host"] !== "node") return;
  if (text(params["nodeId"]) === null) throw invalidRequest("nodeId is required for host=node");
  if (plan === undefined) throw invalidRequest("systemRunPlan is required for host=node");
}

function nullable(params: RequestParams, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, params[name] ?? null]));
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { POLICY } from "../../../schemas/policy.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { Tool, Toolbox } from "../runs/index.ts";

/** What belongs to a turn, with its workspace and its approvals, and is not called from elsewhere. */
const FOR_TURNS: ReadonlySet<string> = new Set([
  "apply_patch",
  "edit",
  "exec",
  "ls",
  "openclaw",
  "process",
  "read",
  "sessions_yield",
  "write",
]);

export interface ToolCaller {
  readonly agentId: string;
  readonly sessionKey: string;
  readonly isOwner: boolean;
}

export type CallOutcome =
  | { readonly kind: "done"; readonly text: string; readonly details: unknown }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "missing" };

/** The tools that may be called from outside a turn, for an agent in a session. */
export async function callableTools(toolbox: Toolbox, caller: ToolCaller): Promise<readonly Tool[]> {
  const turn = { isOwner: caller.isOwner, isFlat: true };
  const tools = await toolbox(caller.agentId, caller.sessionKey, turn);
  return tools.filter(({ name }) => !FOR_TURNS.has(name));
}

export async function callTool(
  parts: { readonly toolbox: Toolbox; readonly agents: Agents; readonly ids: Ids },
  caller: ToolCaller,
  call: { readonly name: string; readonly args: unknown; readonly signal: AbortSignal },
): Promise<CallOutcome> {
  const tool = (await callableTools(parts.toolbox, caller)).find(({ name }) => name === call.name);
  if (tool === undefined) return { kind: "missing" };
  const result = await tool.run(call.args, {
    agentId: caller.agentId,
    sessionKey: caller.sessionKey,
    runId: parts.ids.uuid(),
    callId: parts.ids.uuid(),
    workspace: parts.agents.get(caller.agentId)?.workspace ?? "",
    signal: call.signal,
    outputCharsMax: POLICY.toolCallOutputCharsMax,
    onOutput: () => {},
  });
  if (result.isError) return { kind: "failed", message: result.error ?? result.text };
  return { kind: "done", text: result.text, details: result.details };
}

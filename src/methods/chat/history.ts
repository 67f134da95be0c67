import { chatHistory, chatMessageGet } from "../../../schemas/methods/chat/history.ts";
import { createHistory } from "../../domain/chat/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(chatHistory, ({ params, caller, deps }) => {
    checkAgent(deps, params.agentId);
    return createHistory(deps).read(params, viewerOf(caller));
  }),
  method(chatMessageGet, ({ params, deps }) => {
    checkAgent(deps, params.agentId);
    return createHistory(deps).message(params);
  }),
] satisfies Method[];

export function viewerOf(caller: { readonly scopes: readonly string[]; readonly deviceId?: string }) {
  return { scopes: caller.scopes, ...(caller.deviceId === undefined ? {} : { deviceId: caller.deviceId }) };
}

/** compat(SE2): capitalised here, and not in the other refusals of an unknown agent. */
export function checkAgent(deps: Deps, agentId: string | undefined): void {
  if (agentId !== undefined && deps.agents.get(agentId) === undefined) {
    throw invalidRequest(`Unknown agent id "${agentId}"`);
  }
}

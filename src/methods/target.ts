import type { MethodContract } from "../../schemas/contract.ts";
import { invalidRequest, ProtocolError } from "../errors/protocol-error.ts";
import type { Deps } from "./deps.ts";
import { type Handler, type Method, method } from "./method.ts";

const member = (params: unknown, name: string): unknown =>
  typeof params === "object" && params !== null ? Reflect.get(params, name) : undefined;

/** Refuses a full key of one agent beside the id of another; whether either is there is not asked yet. */
export function mustFitParams(params: unknown, keyName = "sessionKey"): void {
  const [sessionKey, agentId] = [member(params, keyName), member(params, "agentId")];
  if (typeof sessionKey !== "string" || typeof agentId !== "string") return;
  const owner = /^agent:([^:]+):./.exec(sessionKey.trim().toLowerCase())?.[1];
  if (owner === undefined || owner === agentId.trim().toLowerCase()) return;
  throw invalidRequest(notFitting(owner, agentId));
}

function notFitting(owner: string, agentId: string): string {
  return `Multiple agents are configured, but session agent resolution has no explicit owner. The agent-scoped session key belongs to "${owner}", not "${agentId}".`;
}

/** Refuses a session of one agent that is named beside another, or beside one that there is not. */
export function mustBelong(
  sessions: Deps["sessions"],
  { sessionKey, agentId }: { readonly sessionKey?: string; readonly agentId?: string },
): void {
  if (sessionKey !== undefined && agentId !== undefined) sessions.keyFor(sessionKey, agentId);
}

/** Refuses a session that there is not, or that is another agent's. */
export async function mustHaveSession(sessions: Deps["sessions"], reference: string, agentId: string) {
  const key = sessions.canonicalKey(reference, agentId);
  const owner = sessions.agentOf(key);
  if (owner !== undefined && owner !== agentId.trim().toLowerCase()) {
    // compat(skills/status): the name and the code of what went wrong inside are told as well.
    const why = `AgentSelectionRequiredError: ${notFitting(owner, agentId)}: code=AGENT_SELECTION_REQUIRED`;
    throw new ProtocolError("UNAVAILABLE", why, { retryable: false });
  }
  if ((await sessions.get(key)) === undefined) throw invalidRequest("Session not found.");
}

/**
 * A method that changes the session which one of its params names. compat(chat/refusals): without that name it is
 * refused before the other params are looked at.
 */
export function methodOnSession<C extends MethodContract>(
  contract: C,
  keyName: "key" | "sessionKey",
  handler: Handler<C>,
): Method {
  const prepare = (params: unknown) => {
    const named = member(params, keyName);
    if (typeof named === "string" && named.trim() !== "") {
      mustFitParams(params, keyName);
      return params;
    }
    throw invalidRequest("session mutation target is unavailable", {
      details: { code: "SESSION_MUTATION_TARGET_REQUIRED", method: contract.method },
    });
  };
  return { ...method(contract, handler), prepare };
}

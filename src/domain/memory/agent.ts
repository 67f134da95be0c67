import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Agent, Agents } from "../agents/index.ts";

/** The agent whose memory is meant; the default one unless the request names another. */
export function workspaceOf(agents: Agents, agentId: unknown): Agent {
  const named = checkAgentId(agentId);
  const id = named ?? agents.defaultId;
  const agent = agents.get(id);
  if (agent === undefined) throw invalidRequest(`unknown agent id "${id}"`);
  return agent;
}

/** As it is kept: without blanks, in small letters; nothing when the request names none. */
function checkAgentId(agentId: unknown): string | undefined {
  if (agentId === undefined) return undefined;
  if (typeof agentId !== "string") throw invalidRequest("agentId must be a string");
  const id = agentId.trim().toLowerCase();
  return id === "" ? undefined : id;
}

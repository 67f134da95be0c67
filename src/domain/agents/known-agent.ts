import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Agent, Agents } from "./index.ts";

/** The agent that a request names, or the default one. */
export function knownAgent(agents: Agents, agentId: string | undefined): Agent {
  const agent = agents.get(agentId ?? agents.defaultId);
  if (agent !== undefined) return agent;
  throw invalidRequest(`unknown agent id "${agentId}"`, { details: { code: "UNKNOWN_AGENT_ID", agentId } });
}

import { invalidRequest } from "../../errors/protocol-error.ts";
import type { ConfigSource } from "../config/index.ts";
import type { Agent, Agents } from "./index.ts";
import { agentOwnership } from "./ownership.ts";

/** The agent that a request names, or the default one. */
export function knownAgent(agents: Agents, agentId: string | undefined): Agent {
  const agent = agents.get(normalId(agentId) || agents.defaultId);
  if (agent !== undefined) return agent;
  throw invalidRequest(`unknown agent id "${agentId}"`, { details: { code: "UNKNOWN_AGENT_ID", agentId } });
}

/** How an id is kept, whatever a person made of it. */
export function normalId(agentId: string | undefined): string | undefined {
  return agentId?.trim().toLowerCase();
}

export interface AgentParts {
  readonly agents: Agents;
  readonly config: ConfigSource;
}

/** Refuses a request that names nobody where there are several agents, and what it is about belongs to each alone. */
export function mustName(
  agentId: string | undefined,
  matter: string,
  { config }: Pick<AgentParts, "config">,
) {
  if (agentId !== undefined || agentOwnership(config.current()).ownership !== "explicit") return;
  throw invalidRequest(
    `Multiple agents are configured, but ${matter} has no explicit owner. Pass agentId to select a configured agent.`,
  );
}

import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Agent, type Agents, mustName } from "../agents/index.ts";
import type { ConfigSource } from "../config/index.ts";

/** The agent whose memory is meant: of several, one that is named. */
export function ownedMemory(
  { agents, config }: { readonly agents: Agents; readonly config: ConfigSource },
  agentId: unknown,
): Agent {
  mustName(checkAgentId(agentId), "doctor memory", { config });
  return workspaceOf(agents, agentId);
}

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
  return id === "" ? undefined : id.replaceAll(/[^a-z0-9_-]+/g, "-");
}

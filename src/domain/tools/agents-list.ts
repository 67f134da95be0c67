import type { Agents } from "../agents/index.ts";

/** What `agents_list` answers: the agents that the asking one may hand work to. Without an allowance it is itself. */
export function agentsFor(requester: string, agents: Agents, defaultModel: string) {
  const agent = agents.get(requester);
  return {
    requester,
    allowAny: false,
    agents: [
      {
        id: requester,
        ...(agent?.name === undefined ? {} : { name: agent.name }),
        configured: agent !== undefined,
        model: agent?.model ?? defaultModel,
        agentRuntime: { id: "auto", source: "implicit" },
      },
    ],
  };
}

import { agentsWorkspaceGet, agentsWorkspaceList } from "../../../schemas/methods/agents/workspace.ts";
import { requireAgent } from "../../domain/agents/index.ts";
import { listWorkspace, readWorkspaceFile } from "../../domain/agents/workspace.ts";
import { type Method, method } from "../method.ts";

export default [
  method(agentsWorkspaceList, async ({ params, deps }) => {
    const { agentId, ...at } = params;
    const agent = requireAgent(deps.agents, agentId);
    return { agentId: agent.id, ...(await listWorkspace(agent, at)) };
  }),
  method(agentsWorkspaceGet, async ({ params, deps }) => {
    const agent = requireAgent(deps.agents, params.agentId);
    return { agentId: agent.id, file: await readWorkspaceFile(agent, params.path) };
  }),
] satisfies Method[];

import { agentsFilesGet, agentsFilesList, agentsFilesSet } from "../../../schemas/methods/agents/files.ts";
import { listAgentFiles, readAgentFile, writeAgentFile } from "../../domain/agents/files.ts";
import { requireAgent } from "../../domain/agents/index.ts";
import { type Method, method } from "../method.ts";

export default [
  method(agentsFilesList, async ({ params, deps }) => {
    const agent = requireAgent(deps.agents, params.agentId);
    return { agentId: agent.id, workspace: agent.workspace, files: await listAgentFiles(agent) };
  }),
  method(agentsFilesGet, async ({ params, deps }) => {
    const agent = requireAgent(deps.agents, params.agentId);
    const file = await readAgentFile(agent, params.name);
    return { agentId: agent.id, workspace: agent.workspace, file };
  }),
  method(agentsFilesSet, async ({ params, deps }) => {
    const agent = requireAgent(deps.agents, params.agentId);
    const { name, content, expectedHash } = params;
    const file = await writeAgentFile(agent, name, { content, expectedHash });
    return { ok: true as const, agentId: agent.id, workspace: agent.workspace, file };
  }),
] satisfies Method[];

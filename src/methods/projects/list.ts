import path from "node:path";
import { projectsList } from "../../../schemas/methods/projects/list.ts";
import { type Method, method } from "../method.ts";

/** Each agent's workspace is a project; others would have to be registered. */
export default [
  method(projectsList, ({ params, deps }) => ({
    projects: deps.agents.list().map((agent) => ({
      id: `workspace:${agent.id}`,
      displayName: path.basename(agent.workspace),
      repoRoot: agent.workspace,
      source: "workspace",
      agentId: agent.id,
    })),
    ...(params.includeObserved === true ? { observedProjects: [] } : {}),
  })),
] satisfies Method[];

import path from "node:path";
import { projectsList } from "../../../schemas/methods/projects/list.ts";
import { type Method, method } from "../method.ts";

export default [
  // What was registered or cloned, and the workspace of each agent.
  method(projectsList, async ({ params, deps }) => ({
    projects: [
      ...(await deps.projects.list()).map((project) => ({ ...project })),
      ...deps.agents.list().map((agent) => ({
        id: `workspace:${agent.id}`,
        displayName: path.basename(agent.workspace),
        repoRoot: agent.workspace,
        source: "workspace",
        agentId: agent.id,
      })),
    ],
    ...(params.includeObserved === true ? { observedProjects: [] } : {}),
  })),
] satisfies Method[];

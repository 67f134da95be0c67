import path from "node:path";
import { projectsList } from "../../../schemas/methods/projects/list.ts";
import { type Caller, type Method, method } from "../method.ts";

export default [
  // What was registered or cloned, and the workspace of each agent.
  method(projectsList, async ({ params, caller, deps }) => ({
    projects: [
      ...(await deps.projects.list()).map((project) => shownTo(caller, project)),
      ...deps.agents.list().map((agent) =>
        shownTo(caller, {
          id: `workspace:${agent.id}`,
          displayName: path.basename(agent.workspace),
          repoRoot: agent.workspace,
          source: "workspace",
          agentId: agent.id,
        }),
      ),
    ],
    ...(params.includeObserved === true ? { observedProjects: [] } : {}),
  })),
] satisfies Method[];

/** Where a project lies and comes from is for those who may work in it. */
function shownTo({ scopes }: Caller, project: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (scopes.includes("operator.write") || scopes.includes("operator.admin")) return { ...project };
  const { repoRoot: _repoRoot, originUrl: _originUrl, ...rest } = project;
  return rest;
}

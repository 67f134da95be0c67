import { access } from "node:fs/promises";
import path from "node:path";
import { agentsList } from "../../../schemas/methods/agents/list.ts";
import { agentOwnership } from "../../domain/agents/index.ts";
import { thinkingDefault, thinkingLevels } from "../../domain/models/index.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Not placed anywhere but here. */
const RUNTIME = {
  id: "auto",
  cloudPlacementSupported: false,
  devicePlacementSupported: false,
  source: "implicit",
};

export default [
  method(agentsList, async ({ deps }) => {
    const { session } = deps.config.current();
    const agents = deps.agents.list();
    return {
      defaultId: deps.agents.defaultId,
      ...agentOwnership(deps.config.current()),
      mainKey: session.mainKey,
      scope: session.scope,
      agents: await Promise.all(agents.map((agent) => agentRow(deps, agent))),
    };
  }),
] satisfies Method[];

async function agentRow(deps: Deps, agent: ReturnType<Deps["agents"]["list"]>[number]) {
  const model = deps.models.resolve(agent.model);
  const levels = thinkingLevels(model);
  return {
    id: agent.id,
    ...(agent.name === undefined ? {} : { name: agent.name }),
    ...(agent.identity === undefined ? {} : { identity: agent.identity }),
    workspace: agent.workspace,
    workspaceGit: await isThere(path.join(agent.workspace, ".git")),
    agentRuntime: RUNTIME,
    thinkingLevels: levels,
    thinkingOptions: levels.map(({ id }) => id),
    thinkingDefault: thinkingDefault(model),
    model: { primary: agent.model },
    defaultPermissionMode: "full",
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

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
  method(agentsList, async ({ caller, deps }) => {
    const { session } = deps.config.current();
    const agents = deps.agents.list();
    const kind = caller.caps.includes("agent-kind") ? { kind: "agent" } : {};
    return {
      defaultId: deps.agents.defaultId,
      ...agentOwnership(deps.config.current()),
      mainKey: session.mainKey,
      scope: session.scope,
      agents: await Promise.all(agents.map(async (agent) => ({ ...(await agentRow(deps, agent)), ...kind }))),
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
    ...(await deps.births.of(agent.id)),
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

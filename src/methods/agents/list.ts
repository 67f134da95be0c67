import { agentsList } from "../../../schemas/methods/agents/list.ts";
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
  method(agentsList, ({ deps }) => {
    const { session } = deps.config.current();
    const agents = deps.agents.list();
    return {
      defaultId: deps.agents.defaultId,
      ownership: "sole",
      selectionRequired: false,
      mainKey: session.mainKey,
      scope: session.scope,
      agents: agents.map((agent) => agentRow(deps, agent)),
    };
  }),
] satisfies Method[];

function agentRow(deps: Deps, agent: ReturnType<Deps["agents"]["list"]>[number]) {
  const model = deps.models.resolve(agent.model);
  const levels = thinkingLevels(model);
  return {
    id: agent.id,
    ...(agent.name === undefined ? {} : { name: agent.name }),
    ...(agent.identity === undefined ? {} : { identity: agent.identity }),
    workspace: agent.workspace,
    agentRuntime: RUNTIME,
    thinkingLevels: levels,
    thinkingOptions: levels.map(({ id }) => id),
    thinkingDefault: thinkingDefault(model),
    model: { primary: agent.model },
    defaultPermissionMode: "full",
  };
}

import { hooksStatus } from "../../../schemas/methods/hooks/status.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** This gateway runs no hooks: it says where they would be and that there are none. */
export default [
  method(hooksStatus, ({ params, deps }) => {
    const agentId = params.agentId ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
    return {
      hooks: [],
      workspaceDir: agent.workspace,
      managedHooksDir: `${deps.config.stateDir}/hooks`,
    };
  }),
] satisfies Method[];

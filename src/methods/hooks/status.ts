import { hooksStatus } from "../../../schemas/methods/hooks/status.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(hooksStatus, ({ params, deps }) => {
    const agentId = params.agentId ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
    return deps.hooks.status(agent);
  }),
] satisfies Method[];

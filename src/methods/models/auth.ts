import { modelsAuthLogout } from "../../../schemas/methods/models/auth.ts";
import { knownAgent } from "../../domain/agents/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Keys that stand in the configuration are left alone: only what was saved is removed. */
  method(modelsAuthLogout, async ({ params, deps }) => {
    const { provider, profileIds, agentId } = params;
    if (typeof provider !== "string" || provider.trim() === "") throw invalidRequest("provider is required");
    const agent = knownAgent(deps.agents, typeof agentId === "string" ? agentId : undefined);
    const ids = Array.isArray(profileIds) ? profileIds.map(String) : undefined;
    const removed = await deps.authProfiles.remove(agent.id, provider.trim(), ids);
    return { provider: provider.trim(), removedProfiles: [...removed], abortedRunIds: [] };
  }),
] satisfies Method[];

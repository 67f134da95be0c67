import { toolsCatalog, toolsEffective } from "../../../schemas/methods/tools/catalog.ts";
import { agentOwnership } from "../../domain/agents/index.ts";
import { catalogue, effective, PROFILES } from "../../domain/tools/catalog.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(toolsCatalog, ({ params, deps }) => {
    if (params.agentId === undefined && agentOwnership(deps.config.current()).selectionRequired) {
      throw invalidRequest(
        "Multiple agents are configured, but this Gateway request has no explicit owner. Set agentId to one of the configured agents.",
      );
    }
    const agentId = params.agentId?.trim() ?? deps.agents.defaultId;
    if (deps.agents.get(agentId) === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
    const groups = catalogue(
      (pluginId) => params.includePlugins !== false && deps.plugins.isLoaded(pluginId),
    );
    return { agentId, profiles: [...PROFILES], groups };
  }),
  method(toolsEffective, async ({ params, caller, deps }) => {
    const { sessionKey } = params;
    const agentId = params.agentId?.trim();
    if (agentId !== undefined && deps.agents.get(agentId) === undefined)
      throw invalidRequest(`unknown agent id "${agentId}"`);
    const key = deps.sessions.keyFor(sessionKey, agentId);
    const entry = await deps.sessions.get(key);
    if (entry === undefined || deps.agents.get(entry.agentId) === undefined) {
      throw invalidRequest(`unknown session key "${sessionKey}"`);
    }
    if (agentId !== undefined && agentId !== entry.agentId) {
      throw invalidRequest(`agent "${agentId}" does not match session key agent "${entry.agentId}"`);
    }
    const turn = { isOwner: caller.scopes.includes("operator.admin"), isFlat: true };
    const { tools } = deps.config.current();
    const profile = typeof tools["profile"] === "string" ? tools["profile"] : "full";
    return {
      agentId: entry.agentId,
      profile,
      groups: effective(await deps.toolbox(entry.agentId, key, turn)),
    };
  }),
] satisfies Method[];

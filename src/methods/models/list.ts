import { modelsAuthStatus, modelsList } from "../../../schemas/methods/models/list.ts";
import { type Model, modelRow } from "../../domain/models/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(modelsList, ({ params, deps }) => {
    const agent = knownAgent(deps, params.agentId);
    const models = deps.models.list().filter((model) => isShown(deps, model, params.provider, agent.model));
    return {
      models: models.map((model) =>
        modelRow(model, {
          defaultModel: agent.model,
          hasInput: params.view === "provider-config" || params.includeDetails === true,
          hasLocality: params.includeDetails === true,
          isLocal: isLocal(deps, model),
        }),
      ),
      ...(params.view === "configured" || params.includeDefaultModels === true
        ? { defaultModels: { automaticUtilityModel: null } }
        : {}),
    };
  }),
  method(modelsAuthStatus, ({ params, deps }) => {
    const { agentId } = params;
    knownAgent(deps, typeof agentId === "string" ? agentId : undefined);
    const { providers } = deps.config.current().models;
    return {
      ts: deps.clock.now(),
      providers: Object.entries(providers).map(([provider, settings]) => ({
        provider,
        authProvider: provider,
        displayName: provider,
        status: settings.apiKey === undefined ? "missing" : "static",
        profiles: [],
        ...(settings.apiKey === undefined ? {} : { apiKey: { source: "config" } }),
      })),
      providerCapabilities: [],
    };
  }),
] satisfies Method[];

function knownAgent(deps: Deps, agentId: string | undefined) {
  const agent = deps.agents.get(agentId ?? deps.agents.defaultId);
  if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
  return agent;
}

/** The built-in model is a way to try the gateway: it hides where models were configured, unless it is in use. */
function isShown(deps: Deps, model: Model, provider: string | undefined, inUse: string): boolean {
  if (provider !== undefined && model.provider !== provider) return false;
  if (model.api !== "offline" || `${model.provider}/${model.id}` === inUse) return true;
  return Object.keys(deps.config.current().models.providers).length === 0;
}

function isLocal(deps: Deps, model: Model): boolean {
  const { baseUrl } = deps.config.current().models.providers[model.provider] ?? {};
  return baseUrl === undefined || /^https?:\/\/(localhost|127\.|\[::1\]|10\.|192\.168\.)/.test(baseUrl);
}

import type { ParamsOf } from "../../../schemas/contract.ts";
import { modelsAuthStatus, modelsList } from "../../../schemas/methods/models/list.ts";
import { type Agent, knownAgent, normalId } from "../../domain/agents/index.ts";
import { type Model, modelRow, pluginOf, SIGN_INS } from "../../domain/models/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Which account a session's turns are charged to: none was chosen for it. */
const AUTOMATIC = { kind: "automatic", label: "Automatic account selection" } as const;

export default [
  method(modelsList, ({ params, deps }) => {
    const agent = whoseModels(deps, params);
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
      ...(params.sessionKey === undefined ? {} : { accountSelection: AUTOMATIC }),
    };
  }),
  method(modelsAuthStatus, async ({ params, deps }) => {
    const { agentId } = params;
    const agent = knownAgent(deps.agents, typeof agentId === "string" ? agentId : undefined);
    const names = new Set([
      ...Object.keys(deps.config.current().models.providers),
      ...(await deps.authProfiles.providers(agent.id)),
    ]);
    const plugins = await deps.plugins.all();
    const enabled = new Set(plugins.filter((one) => deps.plugins.isEnabled(one)).map(({ id }) => id));
    return {
      ts: deps.clock.now(),
      providers: await Promise.all([...names].map((provider) => credentialsOf(deps, agent.id, provider))),
      providerCapabilities: SIGN_INS.filter(({ provider }) => enabled.has(pluginOf(provider))),
    };
  }),
] satisfies Method[];

/** A session is named with its agent or by its whole key; it may be one that nobody has begun yet. */
function whoseModels(
  { agents, sessions }: Deps,
  { agentId, sessionKey }: ParamsOf<typeof modelsList>,
): Agent {
  if (sessionKey === undefined) {
    const agent = agents.get(normalId(agentId) ?? agents.defaultId);
    if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId?.trim()}"`);
    return agent;
  }
  const owner = sessions.agentOf(sessions.keyFor(sessionKey, agentId)) ?? agents.defaultId;
  const agent = agents.get(owner);
  if (agent !== undefined) return agent;
  throw new ProtocolError(
    "UNAVAILABLE",
    "Error: Model catalog is not ready. Retry after Gateway startup or refresh finishes.",
    { retryable: false },
  );
}

/** Where the credentials of a provider are, and never what they are. */
async function credentialsOf(deps: Deps, agentId: string, provider: string) {
  const profiles = await deps.authProfiles.list(agentId, provider);
  const isConfigured = deps.config.current().models.providers[provider]?.apiKey !== undefined;
  return {
    provider,
    authProvider: provider,
    displayName: provider,
    status: isConfigured || profiles.length > 0 ? "static" : "missing",
    profiles: profiles.map(({ id, type }) => ({
      profileId: id,
      type,
      status: "static",
      source: "saved",
      logoutSupported: true,
    })),
    ...(isConfigured ? { apiKey: { source: "config" } } : {}),
  };
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

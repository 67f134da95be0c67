import type { ParamsOf } from "../../../schemas/contract.ts";
import type { ConnectParams } from "../../../schemas/handshake.ts";
import { modelsAuthStatus, modelsList } from "../../../schemas/methods/models/list.ts";
import { type Agent, knownAgent, normalId } from "../../domain/agents/index.ts";
import { type Model, modelRow, pluginOf, SIGN_INS } from "../../domain/models/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Caller, type Method, method } from "../method.ts";

/** Which account a session's turns are charged to: none was chosen for it. */
const AUTOMATIC = { kind: "automatic", label: "Automatic account selection" } as const;

export default [
  method(modelsList, ({ params, caller, deps }) => catalog(deps, caller, params)),
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

async function catalog(deps: Deps, caller: Caller, params: ParamsOf<typeof modelsList>) {
  // Accounts belong to persons: who is none has none to look through.
  if ("authProfileId" in params && (await deps.owner.of(caller)) === undefined) {
    throw new ProtocolError(
      "FORBIDDEN",
      "This account action requires a current authorized connection; reconnect and try again.",
    );
  }
  const agent = whoseModels(deps, params);
  const models = deps.models.list().filter((model) => isShown(deps, model, params.provider, agent.model));
  const { view, sessionKey } = params;
  const hasDefaults = (view === "configured" && sessionKey === undefined) || params.includeDefaultModels;
  // Whoever has accounts hears which one is used, also where no session could have chosen another one.
  const hasAccounts = sessionKey !== undefined || (await deps.owner.of(caller)) !== undefined;
  return {
    models: models.map((model) =>
      modelRow(model, {
        defaultModel: agent.model,
        hasInput: view === "provider-config" || params.includeDetails === true,
        hasLocality: params.includeDetails === true,
        isLocal: isLocal(deps, model),
        hasPolicy: caller.caps.includes("model-selection-policy"),
      }),
    ),
    ...(hasDefaults ? { defaultModels: { automaticUtilityModel: null } } : {}),
    ...(hasAccounts ? { accountSelection: AUTOMATIC } : {}),
  };
}

type CatalogTarget = NonNullable<ConnectParams["modelCatalog"]>;

/** What a page that opens on this target is to know; nothing when there is no such place. */
export async function catalogSnapshot(deps: Deps, caller: Caller, target: CatalogTarget) {
  if ("shortId" in target) return undefined;
  const { agentId, sessionKey } = target;
  if (agentId !== undefined && deps.agents.get(agentId) === undefined) return undefined;
  if (sessionKey !== undefined && deps.agents.get(deps.sessions.agentOf(sessionKey)) === undefined) {
    return undefined;
  }
  const scope = sessionKey === undefined ? { agentId: agentId ?? deps.agents.defaultId } : target;
  return { target, scope, catalog: await catalog(deps, caller, { view: "configured", ...target }) };
}

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

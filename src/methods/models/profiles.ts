import {
  modelsAuthLogin,
  modelsAuthOrderSet,
  modelsAuthRefresh,
  modelsAuthSetApiKey,
} from "../../../schemas/methods/models/profiles.ts";
import { knownAgent } from "../../domain/agents/index.ts";
import { SIGN_INS } from "../../domain/models/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(modelsAuthOrderSet, async ({ params, deps }) => {
    const { provider, profileIds } = params;
    await deps.authProfiles.setOrder(knownAgent(deps.agents, params.agentId).id, provider, profileIds);
    return { provider, profileIds: profileIds ?? null };
  }),
  method(modelsAuthSetApiKey, async ({ params, deps }) => {
    const agentId = knownAgent(deps.agents, params.agentId).id;
    const provider = params.provider.trim();
    return {
      provider,
      profileId: await deps.authProfiles.setApiKey(agentId, provider, params.apiKey.trim()),
    };
  }),
  /** Each of the sign-ins ends at its provider's own site; none of their protocols is spoken here. */
  method(modelsAuthLogin, ({ params }) => {
    const options = SIGN_INS.flatMap(({ loginOptions }) => loginOptions ?? []);
    if (!options.some(({ id }) => id === params.authChoice)) {
      throw invalidRequest(
        "That provider login is no longer available. Refresh Models and choose an available sign-in option.",
      );
    }
    throw new ProtocolError("UNAVAILABLE", "this gateway cannot sign in there; save an API key instead");
  }),
  /** Credentials are read at each call, so there is nothing that could be stale. */
  method(modelsAuthRefresh, ({ params, deps }) => {
    knownAgent(deps.agents, params.agentId);
    return { refreshed: true };
  }),
] satisfies Method[];

import { webSearchStatus, webSearchTest } from "../../../schemas/methods/web-search/search.ts";
import type { Agent } from "../../domain/agents/index.ts";
import { splitReference } from "../../domain/models/index.ts";
import { searchServices } from "../../domain/web-search/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Which services there are is known; none of them is spoken to here, so none can be tried. */
const NO_PROVIDER = "Choose a search provider, or select a model with native search.";

interface Choice {
  readonly agentId?: string;
  readonly modelProvider?: string;
  readonly modelId?: string;
}

export default [
  method(webSearchStatus, ({ params, deps }) => {
    if (isHalf(params)) throw invalidRequest("modelProvider and modelId must be supplied together.");
    const agent = agentOf(deps, params);
    const own = splitReference(agent.model);
    const provider = params.modelProvider ?? own.provider;
    const id = params.modelId ?? own.id;
    const isKnown = deps.models.resolve(`${provider}/${id}`) !== undefined;
    return {
      enabled: true,
      provider: null,
      agentId: agent.id,
      model: {
        provider,
        id,
        runtime: isKnown ? "openclaw" : "unknown",
        runtimeLabel: isKnown ? "OpenClaw embedded agent" : "Not resolved",
      },
      providers: searchServices(deps.config, process.env),
      route: isKnown
        ? {
            kind: "unavailable",
            label: "No search provider available",
            testable: false,
            reason: NO_PROVIDER,
          }
        : {
            kind: "unavailable",
            label: "Model search route is not ready",
            testable: false,
            reason:
              "The selected model is not in the prepared model catalog. Refresh Models, then try again. An explicitly configured search provider can still be tested separately.",
          },
    };
  }),
  method(webSearchTest, ({ params, deps }) => {
    if (params.query.trim() === "" || isHalf(params)) {
      throw invalidRequest("Provide a search query and both model selection fields, or neither.");
    }
    agentOf(deps, params);
    throw invalidRequest(NO_PROVIDER);
  }),
] satisfies Method[];

function isHalf({ modelProvider, modelId }: Choice): boolean {
  return (modelProvider === undefined) !== (modelId === undefined);
}

function agentOf(deps: Deps, { agentId = deps.agents.defaultId }: Choice): Agent {
  const agent = deps.agents.get(agentId);
  if (agent !== undefined) return agent;
  throw invalidRequest(`unknown agent id "${agentId}"`, { details: { code: "UNKNOWN_AGENT_ID", agentId } });
}

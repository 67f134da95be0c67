import { webSearchStatus, webSearchTest } from "../../../schemas/methods/web-search/search.ts";
import { type Agent, knownAgent, mustName } from "../../domain/agents/index.ts";
import { splitReference } from "../../domain/models/index.ts";
import { searchServices } from "../../domain/web-search/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Which services there are is known; none of them is spoken to here, so none can be tried. */
const NO_PROVIDER = "Choose a search provider, or select a model with native search.";
const NO_MODEL =
  "The selected model is not in the prepared model catalog. Refresh Models, then try again. An explicitly configured search provider can still be tested separately.";

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
            reason: NO_MODEL,
          },
    };
  }),
  method(webSearchTest, ({ params, deps }) => {
    if (params.query.trim() === "" || isHalf(params)) {
      throw invalidRequest("Provide a search query and both model selection fields, or neither.");
    }
    const agent = agentOf(deps, params);
    const model =
      params.modelProvider === undefined ? agent.model : `${params.modelProvider}/${params.modelId}`;
    throw invalidRequest(deps.models.resolve(model) === undefined ? NO_MODEL : NO_PROVIDER);
  }),
] satisfies Method[];

function isHalf({ modelProvider, modelId }: Choice): boolean {
  return (modelProvider === undefined) !== (modelId === undefined);
}

/** Keys and models are each agent's own, and with them what searching comes to. */
function agentOf(deps: Deps, { agentId }: Choice): Agent {
  mustName(agentId, "model auth", deps);
  return knownAgent(deps.agents, agentId);
}

import { webSearchStatus, webSearchTest } from "../../../schemas/methods/web-search/search.ts";
import { splitReference } from "../../domain/models/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Search services are plugins of the reference; there are none here, so none is listed and none can be tried. */
const NO_PROVIDER = "Choose a search provider, or select a model with native search.";

export default [
  method(webSearchStatus, ({ params, deps }) => {
    const agentId = params.agentId ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    if (agent === undefined) {
      throw invalidRequest(`unknown agent id "${agentId}"`, {
        details: { code: "UNKNOWN_AGENT_ID", agentId },
      });
    }
    const own = splitReference(agent.model);
    return {
      enabled: true,
      provider: null,
      agentId,
      model: {
        provider: params.modelProvider ?? own.provider,
        id: params.modelId ?? own.id,
        runtime: "openclaw",
        runtimeLabel: "OpenClaw embedded agent",
      },
      providers: [],
      route: {
        kind: "unavailable",
        label: "No search provider available",
        testable: false,
        reason: NO_PROVIDER,
      },
    };
  }),
  method(webSearchTest, () => {
    throw invalidRequest(NO_PROVIDER);
  }),
] satisfies Method[];

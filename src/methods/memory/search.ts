import { memorySearch } from "../../../schemas/methods/memory/search.ts";
import { mustName } from "../../domain/agents/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Words only: there is no service that would compare meanings, and the answer says so. */
  method(memorySearch, async ({ params, deps }) => {
    const { query, agentId } = params;
    if (typeof query !== "string" || query.trim() === "") {
      throw invalidRequest("query must be a non-empty string");
    }
    if (agentId !== undefined && typeof agentId !== "string") {
      throw invalidRequest("agentId must be a string");
    }
    mustName(agentId, "memory search", deps);
    const agent = deps.agents.get(agentId?.trim().toLowerCase() ?? deps.agents.defaultId);
    if (agent === undefined) throw invalidRequest("unknown agentId");
    const results = await deps.memory.search(agent, query);
    return {
      agentId: agent.id,
      provider: "none" as const,
      searchMode: "fts-only" as const,
      results: [...results],
    };
  }),
] satisfies Method[];

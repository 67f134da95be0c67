import { type JsonRecord, section } from "../config/index.ts";

export type ModelScope = "agent" | "global";

/** The configuration with another model for an agent, or for all that have none of their own. */
export function withDefaultModel(
  config: JsonRecord,
  scope: ModelScope,
  agentId: string,
  model: string,
): JsonRecord {
  const agents = section(config, "agents");
  if (scope === "global") {
    const defaults = section(agents, "defaults");
    const changed = { ...defaults, model: { ...section(defaults, "model"), primary: model } };
    return { ...config, agents: { ...agents, defaults: changed } };
  }
  const entries = section(agents, "entries");
  const entry = section(entries, agentId);
  const own = entry["model"];
  // What stands beside the primary model, as its fallbacks, is kept.
  const next = typeof own === "object" && own !== null ? { ...own, primary: model } : model;
  return { ...config, agents: { ...agents, entries: { ...entries, [agentId]: { ...entry, model: next } } } };
}

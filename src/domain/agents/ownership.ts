import type { Config } from "../config/index.ts";

/** Whom a request belongs to that names no agent: the only one, the one the file says, or whoever must be asked. */
export function agentOwnership(config: Config): {
  readonly ownership: "sole" | "legacy" | "explicit";
  readonly selectionRequired: boolean;
} {
  const { entries, defaults } = config.agents;
  if (entries.length < 2) return { ownership: "sole", selectionRequired: false };
  const { systemAgent } = defaults;
  const isOwned = typeof systemAgent === "object" && systemAgent !== null && "agentId" in systemAgent;
  const hasDefault = entries.some((entry) => entry.default);
  return {
    // compat(routing/two-agents): a default that is marked in the roster is how it was said before.
    ownership: hasDefault && !isOwned ? "legacy" : "explicit",
    selectionRequired: !isOwned && !hasDefault,
  };
}

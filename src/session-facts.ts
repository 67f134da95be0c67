import path from "node:path";
import type { SessionFacts } from "./domain/health/index.ts";
import type { Sessions } from "./domain/sessions/index.ts";

/** Sessions that `health` and `status` name of each agent. */
const RECENT_MAX = 5;

/** Where the reference would keep them. Clients show it; nobody opens it over the wire. */
const STORE_FILE = "openclaw-agent.sqlite";

/** What health tells of the sessions, read through their list. */
export function composeSessionFacts(sessions: Sessions, stateDir: string): SessionFacts {
  const viewer = { scopes: ["operator.admin"] };
  return {
    async of(agentId) {
      const page = await sessions.listing.list({ agentId, limit: RECENT_MAX }, viewer);
      const rows = Array.isArray(page["sessions"]) ? (page["sessions"] as Record<string, unknown>[]) : [];
      const total = page["totalCount"];
      return {
        path: path.join(stateDir, "agents", agentId, "agent", STORE_FILE),
        count: typeof total === "number" ? total : rows.length,
        recent: rows.map(({ key, updatedAt, ageMs }) => ({ key, updatedAt, age: ageMs ?? null })),
      };
    },
    defaults() {
      const { model, contextTokens } = sessions.defaults();
      return {
        model: typeof model === "string" ? model : null,
        contextTokens: typeof contextTokens === "number" ? contextTokens : null,
      };
    },
  };
}

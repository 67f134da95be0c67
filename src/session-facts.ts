import path from "node:path";
import type { SessionFacts } from "./domain/health/index.ts";
import type { Sessions } from "./domain/sessions/index.ts";

/** Where the reference would keep them. Clients show it; nobody opens it over the wire. */
const STORE_FILE = "openclaw-agent.sqlite";

/** What health tells of the sessions. */
export function composeSessionFacts(sessions: Sessions, stateDir: string): SessionFacts {
  return {
    async of(agentId) {
      const { count, recent, at } = await sessions.listing.summary(agentId);
      return {
        path: path.join(stateDir, "agents", agentId, "agent", STORE_FILE),
        count,
        recent: recent.map(({ key, updatedAt }) => ({ key, updatedAt, age: at - updatedAt })),
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

import type { Entry } from "./entry.ts";
import { GLOBAL_KEY, UNKNOWN_KEY } from "./keys.ts";
import type { Roster } from "./roster.ts";

/** What health tells of the sessions of one agent. */
export interface AgentSummary {
  count: number;
  /** The newest changes first. */
  readonly recent: Entry[];
}

const RECENT_MAX = 5;
const NONE: AgentSummary = { count: 0, recent: [] };

/** Counts the sessions of all agents in one go, and again only after a change. */
export function createSummaries(roster: Roster): (agentId: string) => AgentSummary {
  let revision = -1;
  let byAgent = new Map<string, AgentSummary>();
  return (agentId) => {
    if (revision !== roster.revision) {
      byAgent = summarise(roster.newestFirst());
      revision = roster.revision;
    }
    return byAgent.get(agentId) ?? NONE;
  };
}

function summarise(entries: readonly Entry[]): Map<string, AgentSummary> {
  const byAgent = new Map<string, AgentSummary>();
  for (const entry of entries) {
    if (entry.archivedAt !== undefined || entry.key === GLOBAL_KEY || entry.key === UNKNOWN_KEY) continue;
    const known = byAgent.get(entry.agentId);
    const summary = known ?? { count: 0, recent: [] };
    if (known === undefined) byAgent.set(entry.agentId, summary);
    summary.count += 1;
    if (summary.recent.length < RECENT_MAX) summary.recent.push(entry);
  }
  return byAgent;
}

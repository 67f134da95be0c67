import { invalidRequest } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import { spentOn } from "./spent.ts";
import { messageText } from "./text.ts";
import { usageCosts, usageReport } from "./usage-report.ts";

/** Messages read for one session's usage; older ones are left out. */
const MESSAGES_MAX = 10_000;
const LOG_LINES_DEFAULT = 200;

type Json = Record<string, unknown>;

export interface UsageQuery {
  readonly key?: string;
  readonly agentId?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly range?: "7d" | "30d" | "90d" | "1y" | "all";
  readonly days?: number;
  readonly limit?: number;
  readonly creatorKey?: string;
  readonly groupBy?: "instance" | "family";
  readonly includeHistorical?: boolean;
}

/** What was spent in a session, from what its messages say. */
export interface Usage {
  /** `points` of `sessions.usage.timeseries`. */
  timeseries(key: string): Promise<Json>;
  /** `logs` of `sessions.usage.logs`. */
  logs(key: string, limit?: number): Promise<{ logs: Json[] }>;
  /** The answer of `sessions.usage`. */
  report(query: UsageQuery): Promise<Json>;
  /** What each day of a period cost, and how many sessions have messages. */
  costs(
    query: UsageQuery,
  ): Promise<{ readonly daily: Json[]; readonly totals: Json; readonly sessions: number }>;
}

export function createUsage(context: SessionContext): Usage {
  const { store } = context.parts;
  const records = (entry: Entry, limit: number) => store.page(entry.transcriptId, limit);

  return {
    async timeseries(key) {
      const entry = await context.get(key);
      if (entry === undefined) throw invalidRequest(`No transcript found for session: ${key}`);
      let cumulativeTokens = 0;
      let cumulativeCost = 0;
      const points: Json[] = [];
      for (const { message } of await records(entry, MESSAGES_MAX)) {
        const spent = spentOn(message);
        if (spent === undefined) continue;
        cumulativeTokens += spent.totalTokens;
        cumulativeCost += spent.cost;
        points.push({ timestamp: message.timestamp, ...spent, cumulativeTokens, cumulativeCost });
      }
      return { sessionId: entry.sessionId, points };
    },
    report: (query) => usageReport(context, query),
    costs: (query) => usageCosts(context, query),
    async logs(key, limit = LOG_LINES_DEFAULT) {
      const entry = await context.get(key);
      if (entry === undefined) return { logs: [] };
      const page = await records(entry, limit);
      return {
        logs: page.map(({ message }) => {
          const spent = spentOn(message);
          return {
            timestamp: message.timestamp,
            role: message.role,
            content: messageText(message),
            ...(spent === undefined ? {} : { tokens: spent.totalTokens, cost: spent.cost }),
          };
        }),
      };
    },
  };
}

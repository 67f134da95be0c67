import { invalidRequest } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";
import type { Entry, Message } from "./entry.ts";
import { messageText } from "./text.ts";

/** Messages read for one session's usage; older ones are left out. */
const MESSAGES_MAX = 10_000;
const LOG_LINES_DEFAULT = 200;

type Json = Record<string, unknown>;

interface Spent {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly totalTokens: number;
  readonly cost: number;
}

/** What was spent in a session, from what its messages say. */
export interface Usage {
  /** `points` of `sessions.usage.timeseries`. */
  timeseries(key: string): Promise<Json>;
  /** `logs` of `sessions.usage.logs`. */
  logs(key: string, limit?: number): Promise<Json>;
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

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}

/** The `usage` of an assistant's message; undefined when it says nothing. */
export function spentOn(message: Message): Spent | undefined {
  const usage = objectOf(message["usage"]);
  if (message.role !== "assistant" || usage === undefined) return undefined;
  const input = numberOf(usage["input"]);
  const output = numberOf(usage["output"]);
  const cacheRead = numberOf(usage["cacheRead"]);
  const cacheWrite = numberOf(usage["cacheWrite"]);
  const totalTokens = numberOf(usage["totalTokens"]) || input + output + cacheRead + cacheWrite;
  return {
    input,
    output,
    cacheRead,
    cacheWrite,
    totalTokens,
    cost: numberOf(objectOf(usage["cost"])?.["total"]),
  };
}

import { POLICY } from "../../../schemas/policy.ts";
import type { Json } from "../../../schemas/shapes/session.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import type { SessionContext } from "./context.ts";
import type { Entry, TranscriptRecord } from "./entry.ts";
import { keyFacts } from "./keys.ts";
import { displayNameOf } from "./row.ts";
import { type Spent, spentOn } from "./spent.ts";
import type { UsageQuery } from "./usage.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = { "7d": 7, "30d": 30, "90d": 90, "1y": 365, all: 365 * 20 } as const;
const SESSIONS_DEFAULT = 50;
const MESSAGES_MAX = 10_000;
/** Who made a session is not known here; this is the wire's key for that. */
const CREATOR_UNKNOWN = '["unknown"]';

interface Totals {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  totalTokens: number;
  totalCost: number;
}

interface Counts {
  total: number;
  user: number;
  assistant: number;
  toolCalls: number;
  toolResults: number;
  errors: number;
}

/** Sums what was spent in the sessions of a period, newest change first. */
export async function usageReport(context: SessionContext, query: UsageQuery): Promise<Json> {
  await context.ready();
  const { roster, store, models } = context.parts;
  const now = context.now();
  const period = periodOf(query, now);
  const chosen = roster
    .newestFirst()
    .filter((entry) => query.key === undefined || entry.key === query.key)
    .filter((entry) => query.agentId === undefined || entry.agentId === query.agentId)
    .slice(0, query.limit ?? SESSIONS_DEFAULT);
  const totals = noTotals();
  const counts = noCounts();
  const byModel = new Map<string, { provider: string; model: string; count: number; totals: Totals }>();
  const byDay = new Map<string, Totals>();
  let spoken = 0;
  for (const entry of chosen) {
    const records = await store.page(entry.transcriptId, MESSAGES_MAX);
    const inPeriod = records.filter(
      ({ recordedAt }) => recordedAt >= period.from && recordedAt < period.until,
    );
    if (inPeriod.length > 0) spoken += 1;
    for (const record of inPeriod) {
      count(counts, record);
      const spent = spentOn(record.message);
      if (spent === undefined) continue;
      add(totals, spent);
      add(bucket(byDay, isoTime(record.recordedAt).slice(0, 10), noTotals), spent);
      const provider = String(record.message["provider"] ?? "");
      const model = String(record.message["model"] ?? "");
      const named = bucket(byModel, `${provider}/${model}`, () => ({
        provider,
        model,
        count: 0,
        totals: noTotals(),
      }));
      named.count += 1;
      add(named.totals, spent);
    }
  }
  return {
    updatedAt: now,
    startDate: period.startDate,
    endDate: period.endDate,
    sessions: chosen.map((entry) => sessionLine(entry, models.of(entry.agentId, entry))),
    totals: withCosts(totals),
    aggregates: {
      sessionCount: spoken,
      messages: counts,
      tools: { totalCalls: counts.toolCalls, uniqueTools: 0, tools: [] },
      byModel: [...byModel.values()].map((one) => ({ ...one, totals: withCosts(one.totals) })),
      byProvider: [],
      byAgent: [],
      byChannel: [],
      byCreator: [],
      costDaily: [...byDay].map(([date, spent]) => ({ date, ...withCosts(spent) })),
      dailyLatency: [],
      modelDaily: [],
      daily: [...byDay].map(([date, spent]) => ({ date, tokens: spent.totalTokens, cost: spent.totalCost })),
    },
    creatorOptions: chosen.length === 0 ? [] : [{ key: CREATOR_UNKNOWN }],
  };
}

/** The days of the report that a bill would have, also those on which nothing was spent. */
export async function usageCosts(context: SessionContext): Promise<{ daily: Json[]; totals: Json }> {
  const report = await usageReport(context, { range: "30d", limit: POLICY.sessionsMax });
  // Both members are put together in `usageReport`.
  const { costDaily } = report["aggregates"] as { costDaily: Json[] };
  const until = context.now();
  const dates = Array.from({ length: DAYS["30d"] }, (_, index) =>
    isoTime(until - (DAYS["30d"] - 1 - index) * DAY_MS).slice(0, 10),
  );
  const nothing = withCosts(noTotals());
  const daily = dates.map((date) => costDaily.find((day) => day["date"] === date) ?? { date, ...nothing });
  return { daily, totals: report["totals"] as Json };
}

function sessionLine(entry: Entry, model: { modelProvider: string; model: string }): Json {
  const name = displayNameOf(entry, keyFacts(entry.key, entry.agentId).displayName);
  return {
    key: entry.key,
    ...(name === undefined ? {} : { label: name }),
    sessionId: entry.sessionId,
    scope: "instance",
    updatedAt: entry.updatedAt,
    agentId: entry.agentId,
    creatorKey: CREATOR_UNKNOWN,
    ...(entry.chatType === undefined ? {} : { chatType: entry.chatType, ...pickModel(model) }),
    usage: null,
    hasContextWeight: entry.contextBudgetStatus !== undefined,
  };
}

const pickModel = ({ modelProvider, model }: { modelProvider: string; model: string }) => ({
  modelProvider,
  model,
});

function periodOf(query: UsageQuery, now: number) {
  const today = isoTime(now).slice(0, 10);
  const endDate = query.endDate ?? today;
  const until = dayStart("endDate", endDate) + DAY_MS;
  const days = DAYS[query.range ?? "30d"];
  const startDate = query.startDate ?? isoTime(until - days * DAY_MS).slice(0, 10);
  return { startDate, endDate, from: dayStart("startDate", startDate), until };
}

/** The contract checks how a date is written; whether there is such a day is checked here. */
function dayStart(name: string, date: string): number {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(start) || isoTime(start).slice(0, 10) !== date) {
    throw invalidRequest(`invalid ${name}: expected a valid YYYY-MM-DD calendar date`);
  }
  return start;
}

function noTotals(): Totals {
  return { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, totalTokens: 0, totalCost: 0 };
}

function noCounts(): Counts {
  return { total: 0, user: 0, assistant: 0, toolCalls: 0, toolResults: 0, errors: 0 };
}

function add(totals: Totals, spent: Spent): void {
  totals.input += spent.input;
  totals.output += spent.output;
  totals.cacheRead += spent.cacheRead;
  totals.cacheWrite += spent.cacheWrite;
  totals.totalTokens += spent.totalTokens;
  totals.totalCost += spent.cost;
}

function withCosts(totals: Totals): Json {
  return {
    ...totals,
    inputCost: 0,
    outputCost: 0,
    cacheReadCost: 0,
    cacheWriteCost: 0,
    missingCostEntries: 0,
  };
}

function count(counts: Counts, { message }: TranscriptRecord): void {
  counts.total += 1;
  if (message.role === "user") counts.user += 1;
  if (message.role === "assistant") counts.assistant += 1;
  if (message.role === "toolResult") counts.toolResults += 1;
  if (message["stopReason"] === "error") counts.errors += 1;
  const blocks = Array.isArray(message.content) ? (message.content as { type?: unknown }[]) : [];
  counts.toolCalls += blocks.filter((block) => block?.type === "toolCall").length;
}

function bucket<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

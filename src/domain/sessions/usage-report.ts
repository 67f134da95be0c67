import { POLICY } from "../../../schemas/policy.ts";
import type { Json } from "../../../schemas/shapes/session.ts";
import { turnEnd } from "../../platform/turn.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import { keyFacts } from "./keys.ts";
import { storePath } from "./paths.ts";
import { actorOf } from "./people.ts";
import { displayNameOf } from "./row.ts";
import type { UsageQuery } from "./usage.ts";
import { datesOf, type Period, periodOf } from "./usage-period.ts";
import { bucket, emptyTally, merge, noTotals, type Tally, type Totals, tally } from "./usage-tally.ts";
import { aggregatesOf, costDay, latencyOf, sessionUsage, withCosts } from "./usage-wire.ts";

const SESSIONS_DEFAULT = 50;
const MESSAGES_MAX = 10_000;
/** The wire's key for whoever made a session; programs are nobody. */
function creatorKeyOf({ createdActor }: Entry): string {
  return JSON.stringify(createdActor === undefined ? ["unknown"] : [createdActor.source, createdActor.id]);
}

/** Everybody who made one of these sessions, each once. */
function creatorsOf(entries: readonly Entry[]) {
  const byKey = new Map(entries.map((entry) => [creatorKeyOf(entry), entry.createdActor]));
  return [...byKey].map(([key, maker]) => ({
    key,
    ...(maker === undefined ? {} : { actor: actorOf(maker) }),
  }));
}

interface Told {
  readonly entry: Entry;
  readonly found: Tally;
}

/** Goes through sessions one by one, and lets what else there is to do be done between two of them. */
async function tallies(
  context: SessionContext,
  entries: readonly Entry[],
  period: Period,
): Promise<readonly Told[]> {
  const { store } = context.parts;
  const told: Told[] = [];
  for (const entry of entries) {
    const records = await store.page(entry.transcriptId, MESSAGES_MAX);
    if (records.length > 0) told.push({ entry, found: tally(records, period) });
    await turnEnd();
  }
  return told;
}

function chosenBy(context: SessionContext, query: UsageQuery): readonly Entry[] {
  const { creatorKey } = query;
  const agentId = query.agentId?.toLowerCase();
  return context.parts.roster
    .newestFirst()
    .filter((entry) => query.key === undefined || entry.key === query.key)
    .filter((entry) => creatorKey === undefined || creatorKeyOf(entry) === creatorKey)
    .filter((entry) => agentId === undefined || entry.agentId === agentId);
}

/** Sums what was spent in the sessions of a period, newest change first. */
export async function usageReport(context: SessionContext, query: UsageQuery): Promise<Json> {
  await context.ready();
  const now = context.now();
  const period = periodOf(query, now);
  const chosen = chosenBy(context, query);
  const told = await tallies(context, chosen, period);
  const byKey = new Map(told.map(({ entry, found }) => [entry.key, found]));
  const active = told.filter(({ found }) => found.counts.total > 0);
  const all = emptyTally();
  for (const { found } of active) merge(all, found);
  // A session that was asked for is shown although nobody spoke in it.
  const shown = query.key === undefined ? told.map(({ entry }) => entry) : chosen;
  const isFamily = query.groupBy === "family" || query.includeHistorical === true;
  return {
    updatedAt: now,
    startDate: period.startDate,
    endDate: period.endDate,
    sessions: shown
      .slice(0, query.limit ?? SESSIONS_DEFAULT)
      .map((entry) => sessionLine(context, entry, byKey.get(entry.key), isFamily)),
    totals: withCosts(all.totals),
    aggregates: { ...aggregatesOf(all), ...groupsOf(active) },
    creatorOptions: creatorsOf(shown),
    ...(told.length === 0 ? {} : { cacheStatus: { ...FRESH, cachedFiles: told.length, refreshedAt: now } }),
  };
}

/** The sums are taken from the transcripts at each call. */
const FRESH = { status: "fresh", cachedFiles: 0, pendingFiles: 0, staleFiles: 0 };

/** What is told of all sessions by who they belong to. */
function groupsOf(active: readonly Told[]): Json {
  const byAgent = new Map<string, Totals>();
  const lasted: number[] = [];
  for (const { entry, found } of active) {
    const totals = bucket(byAgent, entry.agentId, noTotals);
    for (const name of Object.keys(totals) as (keyof Totals)[]) totals[name] += found.totals[name];
    lasted.push((found.last ?? 0) - (found.first ?? 0));
  }
  const latency = latencyOf(active.flatMap(({ found }) => [...found.latencies.values()].flat()));
  return {
    sessionCount: active.length,
    ...(lasted.length === 0 ? {} : { longestSessionDurationMs: Math.max(...lasted) }),
    ...(latency === undefined ? {} : { latency }),
    byAgent: [...byAgent].map(([agentId, totals]) => ({ agentId, totals: withCosts(totals) })),
    byCreator: creatorsOf(active.map(({ entry }) => entry)).map((creator) =>
      creatorLine(
        creator,
        active.filter(({ entry }) => creatorKeyOf(entry) === creator.key),
      ),
    ),
  };
}

function creatorLine(creator: { readonly key: string }, active: readonly Told[]): Json {
  const all = emptyTally();
  for (const { found } of active) merge(all, found);
  return {
    ...creator,
    totals: withCosts(all.totals),
    sessionCount: active.length,
    daily: [...all.byDay].map(([date, totals]) => costDay(date, totals)),
    sessionActivity: activityOf(active.map(({ found }) => [...found.countsByDay.keys()])),
  };
}

/** How many sessions were active on the same days. */
function activityOf(dates: readonly string[][]): Json[] {
  const groups = new Map<string, { readonly dates: string[]; sessionCount: number }>();
  for (const days of dates) {
    bucket(groups, days.join(), () => ({ dates: days, sessionCount: 0 })).sessionCount += 1;
  }
  return [...groups.values()];
}

/** The days of the period as a bill would have them, also those on which nothing was spent. */
export async function usageCosts(
  context: SessionContext,
  query: UsageQuery,
): Promise<{ daily: Json[]; totals: Json; sessions: number }> {
  await context.ready();
  const period = periodOf(query, context.now());
  const chosen = chosenBy(context, query).slice(0, POLICY.sessionsMax);
  const told = await tallies(context, chosen, period);
  const all = emptyTally();
  for (const { found } of told) merge(all, found);
  const daily = datesOf(period).map((date) => costDay(date, all.byDay.get(date) ?? noTotals()));
  return { daily, totals: withCosts(all.totals), sessions: told.length };
}

function sessionLine(
  context: SessionContext,
  entry: Entry,
  found: Tally | undefined,
  isFamily: boolean,
): Json {
  const name = displayNameOf(entry, keyFacts(entry.key, entry.agentId).displayName);
  const { modelProvider, model } = context.parts.models.of(entry.agentId, entry);
  const { sessionId, agentId } = entry;
  const file = `sqlite:${agentId}:${sessionId}:${storePath(context.parts.stateDir, agentId)}`;
  return {
    key: entry.key,
    ...(name === undefined ? {} : { label: name }),
    sessionId,
    scope: isFamily ? "family" : "instance",
    ...(isFamily
      ? {
          sessionFamilyKey: entry.key,
          currentSessionId: sessionId,
          includedSessionIds: [sessionId],
          historicalInstanceCount: 1,
        }
      : {}),
    updatedAt: entry.updatedAt,
    agentId,
    creatorKey: creatorKeyOf(entry),
    ...(entry.createdActor === undefined ? {} : { createdActor: actorOf(entry.createdActor) }),
    ...(entry.chatType === undefined ? {} : { chatType: entry.chatType, modelProvider, model }),
    usage:
      found === undefined || found.counts.total === 0
        ? null
        : { ...sessionUsage(found), sessionId, sessionFile: file },
    hasContextWeight: entry.contextBudgetStatus !== undefined,
  };
}

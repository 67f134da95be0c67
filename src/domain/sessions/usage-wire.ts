import type { Json } from "../../../schemas/shapes/session.ts";
import { bucket, type ModelTotals, noCounts, noTotals, type Tally, type Totals } from "./usage-tally.ts";

/** Prices of the parts are not told by providers; the sum is. */
const NO_COSTS = { inputCost: 0, outputCost: 0, cacheReadCost: 0, cacheWriteCost: 0, missingCostEntries: 0 };

export function withCosts(totals: Totals): Json {
  return { ...totals, ...NO_COSTS };
}

export function costDay(date: string, totals: Totals): Json {
  return { date, ...withCosts(totals) };
}

/** How long answers took; undefined when nobody waited for one. */
export function latencyOf(times: readonly number[]): Json | undefined {
  if (times.length === 0) return undefined;
  const sorted = times.toSorted((left, right) => left - right);
  const sum = sorted.reduce((total, time) => total + time, 0);
  const at95 = Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1);
  return {
    count: sorted.length,
    avgMs: sum / sorted.length,
    p95Ms: sorted[at95],
    minMs: sorted[0],
    maxMs: sorted.at(-1),
  };
}

const dailyLatency = ({ latencies }: Tally): Json[] =>
  [...latencies].map(([date, times]) => ({ date, ...latencyOf(times) }));

const modelLine = ({ totals, ...rest }: ModelTotals): Json => ({ ...rest, totals: withCosts(totals) });

function modelsDaily({ modelsByDay }: Tally): Json[] {
  return [...modelsByDay.values()].map(({ date, provider, model, count, totals }) => ({
    date,
    provider,
    model,
    tokens: totals.totalTokens,
    cost: totals.totalCost,
    count,
  }));
}

/** Splits the name of a quarter of an hour: a date and a number. */
function quarter(name: string): Json {
  const [date, index] = name.split(" ");
  return { date, quarterIndex: Number(index) };
}

/** The `usage` of one session. */
export function sessionUsage(found: Tally): Json {
  const latency = latencyOf([...found.latencies.values()].flat());
  return {
    ...withCosts(found.totals),
    firstActivity: found.first,
    lastActivity: found.last,
    durationMs: (found.last ?? 0) - (found.first ?? 0),
    messageCounts: found.counts,
    ...(found.tools.size === 0 ? {} : { toolUsage: toolsOf(found) }),
    modelUsage: [...found.byModel.values()].map(modelLine),
    ...(latency === undefined ? {} : { latency }),
    activityDates: [...found.countsByDay.keys()],
    dailyBreakdown: [...found.byDay].map(([date, totals]) => ({
      date,
      tokens: totals.totalTokens,
      cost: totals.totalCost,
      ...withCosts(totals),
    })),
    dailyMessageCounts: [...found.countsByDay].map(([date, counts]) => ({ date, ...counts })),
    utcQuarterHourMessageCounts: [...found.countsByQuarter].map(([name, counts]) => ({
      ...quarter(name),
      ...counts,
    })),
    utcQuarterHourTokenUsage: [...found.totalsByQuarter].map(([name, totals]) => ({
      ...quarter(name),
      ...totals,
    })),
    dailyLatency: dailyLatency(found),
    dailyModelUsage: modelsDaily(found),
  };
}

function toolsOf({ tools }: Tally): Json {
  const list = [...tools].map(([name, count]) => ({ name, count })).sort((one, two) => two.count - one.count);
  const totalCalls = list.reduce((total, { count }) => total + count, 0);
  return { totalCalls, uniqueTools: list.length, tools: list };
}

/** What is told of all sessions together, whoever they belong to. */
export function aggregatesOf(all: Tally): Json {
  const providers = new Map<string, { provider: string; count: number; totals: Totals }>();
  for (const { provider, count, totals } of all.byModel.values()) {
    const known = bucket(providers, provider, () => ({ provider, count: 0, totals: noTotals() }));
    known.count += count;
    for (const name of Object.keys(totals) as (keyof Totals)[]) known.totals[name] += totals[name];
  }
  const days = [...new Set([...all.countsByDay.keys(), ...all.byDay.keys()])].sort();
  return {
    messages: all.counts,
    tools: toolsOf(all),
    byModel: [...all.byModel.values()].map(modelLine),
    byProvider: [...providers.values()].map((one) => ({ ...one, totals: withCosts(one.totals) })),
    byChannel: [],
    costDaily: [...all.byDay].map(([date, totals]) => costDay(date, totals)),
    dailyLatency: dailyLatency(all),
    modelDaily: modelsDaily(all),
    daily: days.map((date) => {
      const { totalTokens, totalCost } = all.byDay.get(date) ?? noTotals();
      const { total, toolCalls, errors } = all.countsByDay.get(date) ?? noCounts();
      return { date, tokens: totalTokens, cost: totalCost, messages: total, toolCalls, errors };
    }),
  };
}

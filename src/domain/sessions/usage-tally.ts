import { isoTime } from "../../platform/iso.ts";
import type { TranscriptRecord } from "./entry.ts";
import { type Spent, spentOn } from "./spent.ts";

const QUARTER_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** An answer that took longer than this was not waited for. */
const LATENCY_MAX_MS = 12 * 60 * 60 * 1000;

export interface Totals {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  totalTokens: number;
  totalCost: number;
}

export interface Counts {
  total: number;
  user: number;
  assistant: number;
  toolCalls: number;
  toolResults: number;
  errors: number;
}

export interface ModelTotals {
  readonly provider: string;
  readonly model: string;
  count: number;
  readonly totals: Totals;
}

/** What happened in a period: in one session, or in several put together. */
export interface Tally {
  readonly totals: Totals;
  readonly counts: Counts;
  readonly byModel: Map<string, ModelTotals>;
  readonly byDay: Map<string, Totals>;
  readonly countsByDay: Map<string, Counts>;
  readonly countsByQuarter: Map<string, Counts>;
  readonly totalsByQuarter: Map<string, Totals>;
  readonly modelsByDay: Map<string, ModelTotals & { readonly date: string }>;
  readonly latencies: Map<string, number[]>;
  readonly tools: Map<string, number>;
  first: number | undefined;
  last: number | undefined;
}

export function emptyTally(): Tally {
  return {
    totals: noTotals(),
    counts: noCounts(),
    byModel: new Map(),
    byDay: new Map(),
    countsByDay: new Map(),
    countsByQuarter: new Map(),
    totalsByQuarter: new Map(),
    modelsByDay: new Map(),
    latencies: new Map(),
    tools: new Map(),
    first: undefined,
    last: undefined,
  };
}

export function noTotals(): Totals {
  return { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, totalTokens: 0, totalCost: 0 };
}

export function noCounts(): Counts {
  return { total: 0, user: 0, assistant: 0, toolCalls: 0, toolResults: 0, errors: 0 };
}

/** Goes through the messages of one session, oldest first, of which those in the period count. */
export function tally(
  records: readonly TranscriptRecord[],
  period: { readonly from: number; readonly until: number },
): Tally {
  const found = emptyTally();
  let askedAt: number | undefined;
  for (const { message } of records) {
    const at = message.timestamp;
    if (at < period.from || at >= period.until) continue;
    const date = isoTime(at).slice(0, 10);
    const quarter = `${date} ${Math.floor((at % DAY_MS) / QUARTER_MS)}`;
    found.first ??= at;
    found.last = at;
    const one = countOf(message, found.tools);
    addNumbers(found.counts, one);
    addNumbers(bucket(found.countsByDay, date, noCounts), one);
    addNumbers(bucket(found.countsByQuarter, quarter, noCounts), one);
    if (message.role === "user") askedAt = at;
    if (message.role !== "assistant") continue;
    if (askedAt !== undefined && at - askedAt <= LATENCY_MAX_MS) {
      bucket(found.latencies, date, (): number[] => []).push(Math.max(0, at - askedAt));
      askedAt = undefined;
    }
    const spent = spentOn(message);
    if (spent !== undefined) spend(found, spent, message, date, quarter);
  }
  return found;
}

type Told = TranscriptRecord["message"];

function spend(found: Tally, spent: Spent, message: Told, date: string, quarter: string): void {
  const { cost, ...tokens } = spent;
  const one = { ...tokens, totalCost: cost };
  const provider = String(message["provider"] ?? "");
  const model = String(message["model"] ?? "");
  const name = `${provider}/${model}`;
  const made = () => ({ provider, model, count: 0, totals: noTotals() });
  const named = bucket(found.byModel, name, made);
  const daily = bucket(found.modelsByDay, `${date} ${name}`, () => ({ date, ...made() }));
  named.count += 1;
  daily.count += 1;
  for (const totals of [
    found.totals,
    named.totals,
    daily.totals,
    bucket(found.byDay, date, noTotals),
    bucket(found.totalsByQuarter, quarter, noTotals),
  ]) {
    addNumbers(totals, one);
  }
}

function countOf(message: Told, tools: Map<string, number>): Counts {
  const one = noCounts();
  one.total = 1;
  if (message.role === "user") one.user = 1;
  if (message.role === "assistant") one.assistant = 1;
  if (message.role === "toolResult") one.toolResults = 1;
  if (message["stopReason"] === "error") one.errors = 1;
  const blocks = Array.isArray(message.content) ? (message.content as unknown[]) : [];
  for (const block of blocks) {
    const { type, name } = Object(block) as { type?: unknown; name?: unknown };
    if (type !== "toolCall") continue;
    one.toolCalls += 1;
    if (typeof name === "string") tools.set(name, (tools.get(name) ?? 0) + 1);
  }
  return one;
}

/** Puts what happened in another session to it. */
export function merge(into: Tally, more: Tally): void {
  addNumbers(into.totals, more.totals);
  addNumbers(into.counts, more.counts);
  for (const [name, { provider, model, count, totals }] of more.byModel) {
    const known = bucket(into.byModel, name, () => ({ provider, model, count: 0, totals: noTotals() }));
    known.count += count;
    addNumbers(known.totals, totals);
  }
  for (const [name, { date, provider, model, count, totals }] of more.modelsByDay) {
    const make = () => ({ date, provider, model, count: 0, totals: noTotals() });
    const known = bucket(into.modelsByDay, name, make);
    known.count += count;
    addNumbers(known.totals, totals);
  }
  for (const [date, totals] of more.byDay) addNumbers(bucket(into.byDay, date, noTotals), totals);
  for (const [date, counts] of more.countsByDay) addNumbers(bucket(into.countsByDay, date, noCounts), counts);
  for (const [date, times] of more.latencies) {
    bucket(into.latencies, date, (): number[] => []).push(...times);
  }
  for (const [name, count] of more.tools) into.tools.set(name, (into.tools.get(name) ?? 0) + count);
}

/** Both have the same members, and all of them are numbers. */
function addNumbers<Numbers extends Totals | Counts>(into: Numbers, more: Numbers): void {
  for (const name of Object.keys(into) as (keyof Numbers)[]) {
    Reflect.set(into, name, Number(into[name]) + Number(more[name]));
  }
}

export function bucket<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

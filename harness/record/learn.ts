import { canonical, type GoldenRecord, type StepRecord } from "../compare/canonical.ts";
import { Binding, type Diff, diff } from "../compare/diff.ts";
import type { EventsRecord } from "../compare/events.ts";
import { isCovered, mergeNoise, type NoiseRule } from "../compare/noise.ts";
import { sortText } from "../compare/normalise.ts";
import { refresh } from "../compare/refresh.ts";
import { asRules, rulesFor } from "../compare/rules.ts";
import type { Trace } from "../drive/trace.ts";
import { at, escapeSegment, segmentsOf } from "../scenario/pointer.ts";
import type { Scenario } from "../scenario/schema.ts";
import { mergeShapes, shapeRules } from "./learn-shapes.ts";

/** Something in which two recordings differ and that no rule may excuse. */
export interface Instability {
  readonly where: string;
  readonly diff: Diff;
}

export interface Learned {
  readonly records: readonly GoldenRecord[];
  readonly rules: readonly NoiseRule[];
  readonly unstable: readonly Instability[];
}

/** Places that may never be excused by what was merely seen to vary. */
const SACRED = [/^\/ok$/, /\/error\/code$/, /^\/close\/code$/, /^\/code$/, /^\/status$/, /\/ok$/];

/** One rule for all elements of a list, and for all maps keyed by an id. */
function generalise(pointer: string): string {
  return segmentsOf(pointer)
    .map((segment) =>
      /^\d+$/.test(segment) || /<[a-z0-9]+:\d+>/.test(segment) ? "*" : escapeSegment(segment),
    )
    .map((segment) => `/${segment}`)
    .join("");
}

const digitsGone = (text: string): string => text.replaceAll(/\d+(?:[.,]\d+)*/g, "<n>");

function ruleFor(on: string, found: Diff, samples: number): NoiseRule | undefined {
  const base = { on, path: generalise(found.pointer), samples };
  if (SACRED.some((pattern) => pattern.test(found.pointer)) || found.pointer === "") return undefined;
  const { expected, actual } = found;
  if (found.kind === "value" && typeof expected === "number" && typeof actual === "number") {
    return { ...base, rule: "volatile", why: `learned: a number that differs between recordings` };
  }
  if (found.kind === "value" && typeof expected === "string" && typeof actual === "string") {
    if (digitsGone(expected) === digitsGone(actual)) {
      return {
        ...base,
        rule: "volatile",
        digits: true,
        why: "learned: a text of which only the digits differ",
      };
    }
    if (/\/(error\/)?message$/.test(found.pointer)) return undefined;
    return { ...base, rule: "volatile", why: "learned: a text that differs between recordings" };
  }
  if (found.kind === "binding") {
    return { ...base, rule: "volatile", why: "learned: an id that is not the same one each time" };
  }
  // Snapshots inside events show the moment at which they were taken: values come, go and turn null.
  if (on.startsWith("event:") && (found.kind === "value" || found.kind === "type")) {
    return {
      ...base,
      rule: "volatile",
      why: "learned: a snapshot in an event, taken a moment earlier or later",
    };
  }
  const isKey = !/\/\d+$/.test(found.pointer);
  if ((found.kind === "missing" || found.kind === "extra") && isKey) {
    return { ...base, rule: "volatile", optional: true, why: "learned: a key that comes and goes" };
  }
  return undefined;
}

/** A list that has the same elements in another order: the rule is about the list. */
function orderRule(
  on: string,
  golden: unknown,
  actual: unknown,
  found: Diff,
  samples: number,
): NoiseRule | undefined {
  const segments = segmentsOf(found.pointer);
  for (let length = segments.length; length > 0; length--) {
    const pointer = segments
      .slice(0, length)
      .map((segment) => `/${escapeSegment(segment)}`)
      .join("");
    const [one, other] = [at(golden, pointer), at(actual, pointer)];
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) continue;
    const sorted = (list: readonly unknown[]): string =>
      list
        .map((item) => blind(sortText(item)))
        .sort()
        .join();
    if (sorted(one) !== sorted(other)) continue;
    return {
      on,
      path: generalise(pointer),
      rule: "set-equal",
      samples,
      why: "learned: a list without a fixed order",
    };
  }
  return undefined;
}

const blind = (text: string): string => text.replaceAll(/<([a-z0-9]+):\d+>/g, "<$1>");

interface Pair {
  readonly where: string;
  readonly on: string;
  readonly golden: unknown;
  readonly actual: unknown;
  readonly step: string;
}

/** The documents of two recordings that belong together. */
function pairs(
  first: readonly GoldenRecord[],
  second: readonly GoldenRecord[],
): { list: Pair[]; alone: Instability[] } {
  const list: Pair[] = [];
  const alone: Instability[] = [];
  const streams = (records: readonly GoldenRecord[]): EventsRecord[] =>
    records.filter((record): record is EventsRecord => record.type === "events");
  const steps = new Map(
    second.filter((one): one is StepRecord => one.type === "step").map((one) => [one.id, one]),
  );
  for (const record of first) {
    if (record.type === "step") {
      const other = steps.get(record.id);
      const common = { where: record.id, on: record.subject, step: record.id };
      list.push({ ...common, golden: record.received ?? null, actual: other?.received ?? null });
    }
    if (record.type === "outgoing") {
      const other = second.find((one) => one.type === "outgoing");
      const common = { where: "provider", on: "provider", step: "provider" };
      list.push({ ...common, golden: record.asks, actual: other?.type === "outgoing" ? other.asks : [] });
    }
    if (record.type === "seq") {
      const other = second.find((one) => one.type === "seq" && one.connection === record.connection);
      if (other?.type === "seq" && other.isContiguous !== record.isContiguous) {
        alone.push({ where: record.openedBy, diff: { pointer: "/seq", kind: "order" } });
      }
    }
  }
  const rest = streams(second);
  for (const record of streams(first)) {
    const index = rest.findIndex((one) => one.event === record.event && one.connection === record.connection);
    const other = index < 0 ? undefined : rest.splice(index, 1)[0];
    const where = `${record.connection} ${record.event}`;
    if (other === undefined)
      alone.push({ where, diff: { pointer: "", kind: "missing", expected: record.of } });
    else {
      const common = { where, on: `event:${record.event}`, step: record.openedBy };
      list.push({ ...common, golden: record.list, actual: other.list });
    }
  }
  for (const one of rest) {
    const where = `${one.connection} ${one.event}`;
    alone.push({ where, diff: { pointer: "", kind: "extra", actual: one.of } });
  }
  return { list, alone };
}

/** Streams are lists of events; rules speak of one event, so the index is taken off. */
function inEvent(pair: Pair, found: Diff): { golden: unknown; actual: unknown; diff: Diff } {
  const isStream = pair.on.startsWith("event:") && Array.isArray(pair.golden);
  const isAsk = pair.on === "provider";
  const segments = segmentsOf(found.pointer);
  if (!(isStream || isAsk) || segments.length < 2)
    return { golden: pair.golden, actual: pair.actual, diff: found };
  const rest = segments
    .slice(1)
    .map((segment) => `/${escapeSegment(segment)}`)
    .join("");
  const place = `/${segments[0]}`;
  return {
    golden: at(pair.golden, place),
    actual: at(pair.actual, place),
    diff: { ...found, pointer: rest },
  };
}

function compareOnce(
  first: readonly GoldenRecord[],
  second: readonly GoldenRecord[],
  scenario: Scenario,
  noise: readonly NoiseRule[],
  samples: number,
): { rules: NoiseRule[]; unstable: Instability[] } {
  const binding = new Binding();
  const { list, alone } = pairs(first, second);
  const rules: NoiseRule[] = shapeRules(first, second, samples);
  const unstable: Instability[] = [...alone];
  for (const pair of list) {
    const fitting = rulesFor([...noise, ...asRules(scenario.compare)], pair.on, pair.step);
    for (const found of diff(pair.golden, pair.actual, { binding, rules: fitting })) {
      const inner = inEvent(pair, found);
      const rule =
        orderRule(pair.on, inner.golden, inner.actual, inner.diff, samples) ??
        (inner.diff.pointer === "" || /^\/\d+$/.test(found.pointer)
          ? undefined
          : ruleFor(pair.on, inner.diff, samples));
      if (rule === undefined) unstable.push({ where: pair.where, diff: found });
      else rules.push(rule);
    }
  }
  return { rules, unstable };
}

const ROUNDS_MAX = 6;

/**
 * Several recordings of one scenario: what they have in common, the rules that takes, and what no rule covers.
 * What an earlier recording of the same text saw come and go is remembered.
 */
export function learn(
  traces: readonly Trace[],
  scenario: Scenario,
  noise: readonly NoiseRule[],
  earlier: readonly GoldenRecord[] = [],
): Learned {
  let rules: NoiseRule[] = [];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const known = mergeNoise(noise, rules);
    const samples = traces.map((trace) => canonical(trace, scenario, known));
    const first = samples[0] ?? [];
    const outcomes = samples
      .slice(1)
      .map((other) => compareOnce(first, other, scenario, known, traces.length));
    const fresh = outcomes.flatMap((outcome) => outcome.rules);
    const added = fresh.filter((rule) => !isCovered(rule, known));
    const unstable = outcomes.flatMap((outcome) => outcome.unstable);
    if (added.length === 0) {
      const stale = fresh.map(
        (rule): Instability => ({ where: rule.on, diff: { pointer: rule.path, kind: "value" } }),
      );
      const records = first.filter((record) => record.type !== "shapes");
      const before = earlier.length === 0 ? [] : [refresh(earlier, scenario, known)];
      return {
        records: [...records, ...mergeShapes([...samples, ...before])],
        rules,
        unstable: [...unstable, ...stale],
      };
    }
    rules = mergeNoise(rules, added);
  }
  return { records: [], rules, unstable: [{ where: scenario.id, diff: { pointer: "", kind: "order" } }] };
}

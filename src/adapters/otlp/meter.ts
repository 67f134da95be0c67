import { POLICY } from "../../../schemas/policy.ts";
import type { Attributes, Metric, Point } from "./encode.ts";

/** Counters and histograms since the start. What is exported is their state, so nothing queues up. */
export interface Meter {
  count(name: string, unit: string, attributes: Attributes, by?: number): void;
  record(name: string, unit: string, attributes: Attributes, value: number): void;
  collect(): readonly Metric[];
}

interface Series {
  readonly name: string;
  readonly unit: string;
  readonly kind: Metric["kind"];
  readonly bounds: readonly number[];
  readonly points: Map<string, { -readonly [Member in keyof Point]: Point[Member] } & { buckets: number[] }>;
}

const BOUNDS = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];
/** The conventions say which buckets these have. */
const OWN_BOUNDS: Readonly<Record<string, readonly number[]>> = {
  "gen_ai.client.token.usage": Array.from({ length: 14 }, (_, power) => 4 ** power),
  "gen_ai.client.operation.duration": Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power),
};
const PREFIX = "openclaw.";

/** `prefix` stands for `openclaw.` in the names; those of the conventions stay as they are. */
export function createMeter(prefix: string): Meter {
  const all = new Map<string, Series>();
  let pointCount = 0;

  function point(name: string, unit: string, kind: Metric["kind"], attributes: Attributes) {
    let series = all.get(name);
    if (series === undefined) {
      const shown = name.startsWith(PREFIX) ? `${prefix}${name.slice(PREFIX.length)}` : name;
      const bounds = kind === "counter" ? [] : (OWN_BOUNDS[name] ?? BOUNDS);
      series = { name: shown, unit, kind, bounds, points: new Map() };
      all.set(name, series);
    }
    const key = JSON.stringify(attributes);
    let found = series.points.get(key);
    if (found === undefined) {
      if (pointCount >= POLICY.telemetrySeriesMax) return undefined;
      pointCount += 1;
      const buckets = kind === "counter" ? [] : Array.from({ length: series.bounds.length + 1 }, () => 0);
      const [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      found = { attributes, sum: 0, count: 0, buckets, min, max };
      series.points.set(key, found);
    }
    return { series, found };
  }

  return {
    count(name, unit, attributes, by = 1) {
      const at = point(name, unit, "counter", attributes);
      if (at !== undefined) at.found.sum += by;
    },
    record(name, unit, attributes, value) {
      const at = point(name, unit, "histogram", attributes);
      if (at === undefined) return;
      const { series, found } = at;
      found.sum += value;
      found.count += 1;
      found.min = Math.min(found.min, value);
      found.max = Math.max(found.max, value);
      const bucket = series.bounds.findIndex((bound) => value <= bound);
      const index = bucket === -1 ? series.bounds.length : bucket;
      found.buckets[index] = (found.buckets[index] ?? 0) + 1;
    },
    collect: () =>
      [...all.values()].map(({ points, ...series }) => ({ ...series, points: [...points.values()] })),
  };
}

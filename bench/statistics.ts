/** A sample in a few numbers. Spread is the distance between the quartiles: it forgives one bad run. */
export interface Summary {
  readonly runs: number;
  readonly median: number;
  readonly p25: number;
  readonly p75: number;
  readonly min: number;
  readonly max: number;
}

export interface Tail extends Summary {
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
}

export function summarise(sample: readonly number[]): Summary {
  const sorted = ascending(sample);
  return {
    runs: sorted.length,
    median: at(sorted, 0.5),
    p25: at(sorted, 0.25),
    p75: at(sorted, 0.75),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

export function summariseTail(sample: readonly number[]): Tail {
  const sorted = ascending(sample);
  return { ...summarise(sorted), p95: at(sorted, 0.95), p99: at(sorted, 0.99), p999: at(sorted, 0.999) };
}

function ascending(sample: readonly number[]): number[] {
  return [...sample].sort((a, b) => a - b);
}

/** The value at a quantile, between the two samples that enclose it; NaN for an empty sample. */
function at(sorted: readonly number[], quantile: number): number {
  const position = (sorted.length - 1) * quantile;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

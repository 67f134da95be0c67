import fc from "fast-check";
import { expect, test } from "vitest";
import { summarise, summariseTail } from "./statistics.ts";

test("quantiles lie between the samples that enclose them", () => {
  expect(summarise([4, 1, 3, 2])).toEqual({ runs: 4, median: 2.5, p25: 1.75, p75: 3.25, min: 1, max: 4 });
});

test("an empty sample has no median rather than a zero", () => {
  expect(summarise([]).median).toBeNaN();
});

test("quantiles rise, and stay inside the sample", () => {
  const sample = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(sample, (values) => {
      const { min, p25, median, p75, p95, p99, p999, max } = summariseTail(values);
      const rising = [min, p25, median, p75, p95, p99, p999, max];
      expect(
        rising.every((value, index) => index === 0 || value >= (rising[index - 1] ?? value) - 1e-6),
      ).toBe(true);
    }),
  );
});

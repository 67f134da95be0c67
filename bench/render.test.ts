import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchmarksDocument, withFigures } from "./render.ts";
import { loadResults, type Result } from "./result.ts";
import { CHECKOUT } from "./subject.ts";
import { table } from "./table.ts";

const read = (...path: string[]): string => readFileSync(join(CHECKOUT, ...path), "utf8");

test("docs/benchmarks.md and README show the saved results and nothing else", () => {
  expect(read("docs", "benchmarks.md")).toBe(benchmarksDocument(loadResults()));
  expect(withFigures(read("README.md"), loadResults())).toBe(read("README.md"));
});

const RESULT: Result = {
  question: "start",
  title: "Start",
  environment: {
    cpu: "a processor",
    cores: 2,
    memoryGiB: 24,
    system: "Linux 6",
    node: "v26.10.0",
    loadAverage: 0,
    commit: "0000000",
    isDirty: false,
    versions: { understudy: "1", reference: "2" },
    date: "2026-11-20",
  },
  rows: [
    {
      what: "hello",
      unit: "ms",
      budget: 300,
      figures: {
        understudy: { value: 301, p25: 300, p75: 302, runs: 5 },
        reference: { value: 6020, p25: 6000, p75: 6100, runs: 5 },
      },
    },
    {
      what: "rate",
      unit: "calls/s",
      budget: 100,
      figures: { understudy: { value: 150, p25: 140, p75: 160, runs: 5 } },
    },
  ],
};

test("a table says which budgets were missed, and what was not measured", () => {
  const [, , hello, rate] = table(RESULT).split("\n");
  expect(hello).toMatch(/301 ms \(300–302\) .* 20× .* MISSED: 300 ms/);
  expect(rate).toMatch(/not measured .* met: 100 calls\/s/);
});

test("README without a measured start stays as it is", () => {
  expect(withFigures("<!-- figures -->\n<!-- /figures -->", [])).toBe("<!-- figures -->\n<!-- /figures -->");
});

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plot } from "./plot.ts";
import { loadResults, type Result } from "./result.ts";
import { CHECKOUT } from "./subject.ts";
import { number, table } from "./table.ts";

const DOCUMENT = join(CHECKOUT, "docs", "benchmarks.md");
const PLOTS = join(CHECKOUT, "docs", "benchmarks");
const README = join(CHECKOUT, "README.md");

/** Writes everything that shows figures. Only saved results are shown: nothing here is typed by hand. */
export function renderAll(): void {
  const results = loadResults();
  writeFileSync(DOCUMENT, benchmarksDocument(results));
  mkdirSync(PLOTS, { recursive: true });
  for (const result of results) {
    const drawn = plot(result);
    if (drawn !== undefined) writeFileSync(join(PLOTS, `${result.question}.svg`), drawn);
  }
  writeFileSync(README, withFigures(readFileSync(README, "utf8"), results));
}

export function benchmarksDocument(results: readonly Result[]): string {
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Ours is the bundled package, the reference is the frozen one, both are started by the same code with the same",
    "configuration, alternating, on the same machine. Figures are medians; in brackets the middle half of the runs.",
    ...results.flatMap((result) => [
      "",
      `## ${result.title}`,
      ...picture(result),
      "",
      table(result),
      "",
      provenance(result),
    ]),
    "",
  ].join("\n");
}

function picture(result: Result): string[] {
  return plot(result) === undefined ? [] : ["", `![${result.title}](benchmarks/${result.question}.svg)`];
}

function provenance({ environment }: Result): string {
  const { cpu, cores, memoryGiB, system, node, loadAverage, commit, isDirty, versions, date } = environment;
  const compared = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    `${compared.join(" and ")}, commit ${commit}${isDirty ? " with local changes" : ""}, ${date}. ` +
    `${cores} cores of ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}, load average ${loadAverage}.`
  );
}

/** The figures of README: the start, because that is what somebody notices first. */
export function withFigures(readme: string, results: readonly Result[]): string {
  const start = results.find(({ question }) => question === "start");
  if (start === undefined) return readme;
  const text = start.rows
    .filter(({ budget }) => budget !== undefined)
    .map((row) => `${row.what}: ${sides(row.figures, row.unit)}`)
    .join(" · ");
  return readme.replace(
    /<!-- figures -->[\s\S]*<!-- \/figures -->/,
    `<!-- figures -->\n${text} ([how measured](docs/benchmarks.md))\n<!-- /figures -->`,
  );
}

function sides(figures: Result["rows"][number]["figures"], unit: string): string {
  const ours = figures["understudy"];
  const theirs = figures["reference"];
  if (ours === undefined) return "not measured";
  return `**${number(ours.value)} ${unit}**${theirs === undefined ? "" : ` (the reference: ${number(theirs.value)} ${unit})`}`;
}

import { join, resolve } from "node:path";
import type { Command } from "commander";
import { totalsOf } from "../compare/verdict.ts";
import { readContracts } from "../differ/contracts.ts";
import { differ, type Side } from "../differ/differ.ts";
import { whyLeftOut } from "../differ/left-out.ts";
import { type DifferReport, lineOf, reportOf } from "../differ/report.ts";
import { differScenarios } from "../differ/scenarios.ts";
import { BRISK, PATIENT } from "../drive/session.ts";
import { readManifest } from "../freeze/read-manifest.ts";
import { loadContract } from "../launch/contract.ts";
import { launch } from "../launch/launch.ts";
import { checkout, corpusFolder, REFERENCE_VERSION } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { readNoise } from "../record/noise-file.ts";
import { writeChecks } from "../replay/checks-file.ts";
import { Expectations, readExpected, today } from "../score/expected.ts";
import { EXIT, progress, say, sayJson } from "./output.ts";
import { printCheck } from "./print-check.ts";

interface Options {
  readonly launch: string;
  readonly seed: string;
  readonly calls: string;
  readonly jobs: string;
  readonly portBase?: string;
  readonly out: string;
  readonly expected: string;
  readonly json: boolean;
}

const DIFFS_PRINTED = 4;

async function run(filters: string[], options: Options): Promise<void> {
  const manifest = await readManifest();
  const methods = new Map(manifest.methods.map((one) => [one.name, one]));
  const wanted = (await readContracts()).filter(({ method }) => isWanted(method, filters));
  const asked = wanted.filter(({ method }) => whyLeftOut(method) === undefined);
  const limits = { seed: Number(options.seed), callsMax: Number(options.calls) };
  const scenarios = differScenarios(asked, methods, limits);
  if (scenarios.length === 0)
    throw new Error(`no method to ask matches ${filters.join(" ") || "(no filter)"}`);
  const ports = new PortFinder(options.portBase === undefined ? undefined : Number(options.portBase));
  const bar = progress(!options.json);
  const startedAt = new Date().toISOString();
  const begun = performance.now();
  const checks = await differ({
    scenarios,
    reference: await sideOf("reference", ports),
    candidate: await sideOf(options.launch, ports),
    noise: await readNoise(corpusFolder),
    jobs: Number(options.jobs),
    seed: limits.seed,
    onProgress: (done, total, what) => bar.update(done, total, what),
  });
  bar.stop();
  const path = await writeChecks(resolve(options.out), {
    version: 1,
    gateway: options.launch,
    target: options.launch,
    reference: REFERENCE_VERSION,
    startedAt,
    durationMs: Math.round(performance.now() - begun),
    totals: totalsOf(checks),
    checks: [...checks],
  });
  const report = reportOf(checks, new Expectations(await readExpected(options.expected), today()));
  const leftOut = wanted.filter(({ method }) => !asked.some((one) => one.method === method));
  if (options.json) sayJson({ ...report, seed: limits.seed, leftOut: leftOut.map(({ method }) => method) });
  else print(report, { leftOut: leftOut.length, path, seed: limits.seed });
  process.exitCode =
    report.totals.different + report.totals.notRun + report.stale.length > 0
      ? EXIT.regression
      : EXIT.expected;
}

/** A filter is a method, a family (`cron`), or a prefix ending in `*`. No filter is everything. */
function isWanted(method: string, filters: readonly string[]): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) =>
    filter.endsWith("*")
      ? method.startsWith(filter.slice(0, -1))
      : method === filter || method.startsWith(`${filter}.`),
  );
}

async function sideOf(nameOrPath: string, ports: PortFinder): Promise<Side> {
  const contract = await loadContract(nameOrPath);
  const isReference = contract.name === "reference";
  const logFolder = join(checkout, ".cache", "referee", "logs");
  return {
    start: (batch) =>
      launch({ contract, setup: batch.setup, ports, logFolder, label: `differ-${batch.label}` }),
    patience: isReference ? PATIENT : BRISK,
    settleMs: isReference ? 250 : 60,
  };
}

function print(
  { methods, totals, stale }: DifferReport,
  run: { readonly leftOut: number; readonly path: string; readonly seed: number },
): void {
  for (const method of methods) {
    say(lineOf(method));
    for (const check of [...method.different, ...method.notRun]) printCheck(check, DIFFS_PRINTED);
  }
  for (const pattern of stale) say(`STALE      ${pattern} excuses nothing any more`);
  const { same, different, expected, unsteady, notRun } = totals;
  if (notRun > 0) say(`${notRun} families could not be asked`);
  say(
    `${same} same, ${different} different, ${expected} as expected, ${unsteady} unsteady; ${run.leftOut} methods not asked; seed ${run.seed} -> ${run.path}`,
  );
}

export function register(program: Command): void {
  program
    .command("differ")
    .description("Ask the reference and a gateway generated questions, and say in what they differ")
    .argument("[method...]", "methods, families (cron), or prefixes (skills.pro*); everything by default")
    .option("--launch <contract>", "understudy, or the path of a launch contract", "understudy")
    .option("--seed <n>", "chooses among the questions; the same seed asks the same", "1")
    .option("--calls <n>", "questions per method, at most", "16")
    .option("--jobs <n>", "gateways at the same time", "1")
    .option("--port-base <port>", "first port to try (also UNDERSTUDY_PORT_BASE)")
    .option("--out <folder>", "where checks.json goes", join(checkout, ".cache", "differ"))
    .option(
      "--expected <file>",
      "differences that are known, with reasons",
      join(checkout, "harness", "differ", "expected.yaml"),
    )
    .option("--json", "print the report as JSON", false)
    .addHelpText(
      "after",
      `
The reference is asked twice, on fresh state: in what it differs from itself is not compared.

Examples:
  referee differ cron skills            two families
  referee differ --seed 7 --calls 40    other questions, and more of them
  referee differ audit.list --json`,
    )
    .action(run);
}

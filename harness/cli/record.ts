import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { loadContract } from "../launch/contract.ts";
import { checkout, corpusFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { type Recorded, type RecordReport, record } from "../record/record.ts";
import { loadScenarios } from "../scenario/load.ts";
import { EXIT, progress, say, sayJson } from "./output.ts";

interface Options {
  readonly samples: string;
  readonly jobs: string;
  readonly portBase?: string;
  readonly corpus: string;
  readonly out?: string;
  readonly seed: string;
  readonly fill: boolean;
  readonly check: boolean;
  readonly json: boolean;
}

function printOne(one: Recorded): void {
  const learned = one.learned > 0 ? `, ${one.learned} noise rules` : "";
  say(`${one.outcome.padEnd(8)} ${one.scenario}${learned}`);
  for (const problem of one.problems) say(`         ${problem}`);
}

function print(report: RecordReport): void {
  for (const rule of report.learned) say(`learned  ${rule.on} ${rule.path}: ${rule.rule} (${rule.why})`);
  const refused = report.recorded.filter((one) => one.outcome === "refused").length;
  const kept = report.recorded.length - refused;
  say(`${kept} recorded, ${refused} refused, ${(report.durationMs / 1000).toFixed(1)} s`);
}

async function run(filters: string[], options: Options): Promise<void> {
  const bar = progress(!options.json);
  const out = resolve(options.out ?? options.corpus);
  await mkdir(out, { recursive: true });
  const report = await record({
    corpus: resolve(options.corpus),
    out,
    scenarios: await loadScenarios(resolve(options.corpus), filters),
    contract: await loadContract("reference"),
    ports: new PortFinder(options.portBase === undefined ? undefined : Number(options.portBase)),
    samples: Number(options.samples),
    jobs: Number(options.jobs),
    logFolder: join(checkout, ".cache", "referee", "logs"),
    seed: Number(options.seed),
    fill: options.fill,
    check: options.check,
    onRecorded: (one) => {
      if (!options.json) printOne(one);
    },
    onProgress: (done, total, what) => bar.update(done, total, what),
  });
  bar.stop();
  if (options.json) sayJson(report);
  else print(report);
  const isRefused = report.recorded.some((one) => one.outcome === "refused");
  process.exitCode = isRefused ? EXIT.regression : EXIT.expected;
}

export function register(program: Command): void {
  program
    .command("record")
    .description("Play scenarios to fresh references, learn what varies, and write the goldens")
    .argument("[scenario...]", "ids, families (cron), or prefixes (cron/j*); everything by default")
    .option("--samples <n>", "recordings of each scenario, on fresh state", "2")
    .option("--jobs <n>", "references at the same time", "1")
    .option("--port-base <port>", "first port to try (also UNDERSTUDY_PORT_BASE)")
    .option("--corpus <folder>", "where scenarios are", corpusFolder)
    .option("--out <folder>", "where goldens go, if not beside the scenarios")
    .option("--seed <n>", "seed of the run, kept in the header", "1")
    .option("--fill", "write ok and code into generated steps that do not state them", false)
    .option("--check", "fail when the noise mask would grow", false)
    .option("--json", "print the report as JSON", false)
    .addHelpText(
      "after",
      `
Examples:
  referee record                       everything, twice each
  referee record chat/turn cron        one scenario and one family
  referee record sweep --fill          the generated sweep, stating outcomes
  referee record --check --out /tmp/x  a second recording elsewhere, to hold against the first`,
    )
    .action(run);
}

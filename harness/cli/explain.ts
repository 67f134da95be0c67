import { join, resolve } from "node:path";
import type { Command } from "commander";
import { checkout, corpusFolder } from "../launch/places.ts";
import { readChecks } from "../replay/checks-file.ts";
import { parseCheckId } from "../replay/repro.ts";
import { loadScenario } from "../scenario/load.ts";
import { EXIT, say, sayJson } from "./output.ts";
import { printCheck } from "./print-check.ts";

interface Options {
  readonly out: string;
  readonly corpus: string;
  readonly json: boolean;
}

async function run(id: string, options: Options): Promise<void> {
  const file = await readChecks(resolve(options.out));
  const found = file.checks.filter(
    (check) => check.id === id || check.scenario === id || check.id.startsWith(`${id}:`),
  );
  if (found.length === 0) throw new Error(`no check ${id} in the last replay of ${file.gateway}`);
  if (options.json) return sayJson(found);
  const scenario = await loadScenario(resolve(options.corpus), parseCheckId(`${found[0]?.id}`).scenario);
  say(`${scenario.id}: ${scenario.title}`);
  say(
    `area ${scenario.area}, covers ${scenario.covers.join(", ")}, replayed to ${file.gateway} at ${file.startedAt}\n`,
  );
  for (const check of found) {
    printCheck(check, 40);
    const step = scenario.steps.find((one) => one.id === check.step);
    if (step !== undefined && check.verdict !== "pass") say(`    step: ${JSON.stringify(step)}`);
  }
  say(
    `\nreproduce: npm run -s referee -- replay --repro ${found.find((one) => one.verdict === "fail")?.id ?? found[0]?.id}`,
  );
  process.exitCode = found.some((check) => check.verdict === "fail") ? EXIT.regression : EXIT.expected;
  return undefined;
}

export function register(program: Command): void {
  program
    .command("explain")
    .description("Show one check of the last replay in full: what was asked, expected, and got")
    .argument("<check>", "a check id, or a scenario for all of its checks")
    .option("--out <folder>", "where checks.json is", join(checkout, ".cache", "replay"))
    .option("--corpus <folder>", "where scenarios are", corpusFolder)
    .option("--json", "print the checks as JSON", false)
    .addHelpText("after", "\nExample:\n  referee explain chat/turn:send:answer")
    .action(run);
}

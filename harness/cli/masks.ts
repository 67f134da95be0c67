import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { figureOf, type MaskFigures, maskChanges } from "../compare/mask-figures.ts";
import { checkout, corpusFolder } from "../launch/places.ts";
import { readNoise } from "../record/noise-file.ts";
import { loadScenarios } from "../scenario/load.ts";
import { complain, EXIT, say } from "./output.ts";

const Figures = z.record(z.string(), z.strictObject({ masks: z.int(), breadth: z.int() }));

async function figuresOf(corpus: string): Promise<MaskFigures> {
  const [noise, scenarios] = await Promise.all([readNoise(corpus), loadScenarios(corpus, [])]);
  const own = scenarios
    .map(({ id, compare }) => [id, figureOf(compare)] as const)
    .filter(([, { masks }]) => masks > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { "noise.json": figureOf(noise), ...Object.fromEntries(own) };
}

async function run(options: { readonly corpus: string; readonly file: string; readonly check: boolean }) {
  const now = await figuresOf(options.corpus);
  if (!options.check) {
    const lines = Object.entries(now).map(
      ([id, figure]) => `  ${JSON.stringify(id)}: ${JSON.stringify(figure)}`,
    );
    await writeFile(options.file, `{\n${lines.join(",\n")}\n}\n`);
    say(`${lines.length} figures written`);
    return;
  }
  const changes = maskChanges(Figures.parse(JSON.parse(await readFile(options.file, "utf8"))), now);
  for (const change of changes) complain(change);
  say(changes.length === 0 ? "no mask has changed" : "if it is meant: referee masks, in the same change");
  process.exitCode = changes.length === 0 ? EXIT.expected : EXIT.regression;
}

export function register(program: Command): void {
  program
    .command("masks")
    .description(
      "Write down how much of each scenario is not compared, or check that it is no more than that",
    )
    .option("--corpus <folder>", "where scenarios are", corpusFolder)
    .option("--file <file>", "where the figures stand", join(checkout, "scorecard", "masks.json"))
    .option("--check", "fail when a mask was added, widened or dropped and the figures do not say so", false)
    .addHelpText(
      "after",
      `
Examples:
  referee masks            the figures as they are now; a change that masks more commits them as well
  referee masks --check    part of npm run check`,
    )
    .action(run);
}

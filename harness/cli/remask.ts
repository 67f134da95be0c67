import type { Command } from "commander";
import { refresh } from "../compare/refresh.ts";
import { corpusFolder } from "../launch/places.ts";
import { readGolden, writeGolden } from "../record/golden.ts";
import { readNoise } from "../record/noise-file.ts";
import { loadScenarios } from "../scenario/load.ts";
import { say } from "./output.ts";

export function register(program: Command): void {
  program
    .command("remask")
    .description(
      "apply today's mask to the goldens that are there: what it covers leaves the files, nothing is added",
    )
    .argument("[scenario...]", "ids, families, or prefixes; everything by default")
    .option("--corpus <folder>", "where scenarios and goldens are", corpusFolder)
    .addHelpText("after", "\nExample:\n  referee remask web")
    .action(async (filters: string[], options: { readonly corpus: string }) => {
      const noise = await readNoise(options.corpus);
      let changed = 0;
      for (const scenario of await loadScenarios(options.corpus, filters)) {
        const golden = await readGolden(options.corpus, scenario.id);
        if (golden === undefined) continue;
        const { type: _type, recorder: _recorder, records: _records, ...header } = golden.header;
        const outcome = await writeGolden(options.corpus, header, refresh(golden.records, scenario, noise));
        if (outcome !== "same") changed += 1;
      }
      say(`${changed} goldens masked anew`);
    });
}

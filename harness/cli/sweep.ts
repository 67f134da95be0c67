import type { Command } from "commander";
import { readManifest } from "../freeze/read-manifest.ts";
import { corpusFolder } from "../launch/places.ts";
import { writeSweep } from "../sweep/write.ts";
import { say } from "./output.ts";

export function register(program: Command): void {
  program
    .command("sweep")
    .description("Write corpus/sweep from the manifest: every method, refused and malformed")
    .option("--corpus <folder>", "where scenarios are", corpusFolder)
    .addHelpText("after", "\nExample:\n  referee sweep && referee record --fill sweep")
    .action(async (options: { readonly corpus: string }) => {
      const { written, removed } = await writeSweep(options.corpus, await readManifest());
      say(`${written.length} families written, ${removed.length} removed`);
    });
}

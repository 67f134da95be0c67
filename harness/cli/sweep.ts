import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import type { Manifest } from "../freeze/manifest.ts";
import { checkout, corpusFolder } from "../launch/places.ts";
import { writeSweep } from "../sweep/write.ts";

export function register(program: Command): void {
  program
    .command("sweep")
    .description("write corpus/sweep from schemas/manifest.json: every method, refused and malformed")
    .addHelpText("after", "\nExample:\n  referee sweep && referee record --fill sweep")
    .action(async () => {
      // our own generated file: checkManifest stood before it was written
      const text = await readFile(join(checkout, "schemas", "manifest.json"), "utf8");
      const manifest = JSON.parse(text) as Manifest;
      const { written, removed } = await writeSweep(corpusFolder, manifest);
      process.stdout.write(`${written.length} families written, ${removed.length} removed\n`);
    });
}

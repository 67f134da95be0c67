import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { freezeReference } from "../freeze/freeze-reference.ts";
import { renderManifest } from "../freeze/manifest.ts";
import { manifestPath } from "../freeze/read-manifest.ts";
import { referenceVersion } from "../freeze/reference-contract.ts";
import { REFERENCE_VERSION } from "../launch/places.ts";
import { complain, EXIT, progress, say, sayJson } from "./output.ts";

interface Options {
  readonly reference: string;
  readonly out: string;
  readonly check: boolean;
  readonly json: boolean;
}

export function register(program: Command): void {
  program
    .command("freeze")
    .description("Ask a running reference and its package for everything they offer, and write the manifest")
    .option("--reference <package>", "the installed reference", `openclaw@${REFERENCE_VERSION}`)
    .option("--out <file>", "where the manifest goes", manifestPath)
    .option("--check", "change nothing; fail when the manifest would differ", false)
    .option("--json", "print the manifest as JSON instead of writing it", false)
    .addHelpText(
      "after",
      `
Examples:
  referee freeze --check                            is the manifest still what the reference offers?
  referee freeze --reference openclaw@2026.9.6      write schemas/manifest.json`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const bar = progress(!options.json);
  const manifest = await freezeReference(referenceVersion(options.reference), (done, total) =>
    bar.update(done, total, "methods"),
  );
  bar.stop();
  const text = renderManifest(manifest);
  if (options.json) return sayJson(manifest);
  if (!options.check) {
    await writeFile(options.out, text);
    return say(`${options.out}: ${manifest.methods.length} methods of ${manifest.reference}`);
  }
  if ((await readFile(options.out, "utf8")) === text)
    return say(`${manifest.reference} offers what is frozen`);
  complain(`${options.out} is not what ${manifest.reference} offers; \`referee drift\` says what differs`);
  process.exitCode = EXIT.regression;
  return undefined;
}

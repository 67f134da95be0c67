import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { freeze } from "../freeze/freeze.ts";
import { renderManifest } from "../freeze/manifest.ts";
import { readRuntimeSurface } from "../freeze/runtime-surface.ts";
import { loadContract } from "../launch/contract.ts";
import { launch } from "../launch/launch.ts";
import { checkout, referenceFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { parseScenario } from "../scenario/schema.ts";

interface FreezeOptions {
  readonly reference: string;
  readonly out: string;
  readonly check?: true;
}

/** `openclaw@2026.9.6` -> `2026.9.6`. */
export function referenceVersion(spec: string): string {
  const version = /^openclaw@(\d[\w.-]*)$/.exec(spec)?.[1];
  if (version === undefined)
    throw new InvalidArgumentError("say openclaw@<version>, such as openclaw@2026.9.6");
  return version;
}

const PLAIN = parseScenario(
  {
    id: "freeze/surface",
    title: "the surface of the reference",
    area: "sweep",
    covers: ["manifest"],
    needs: "fresh",
    steps: [{ connect: {} }],
  },
  "freeze",
);

export function register(program: Command): void {
  program
    .command("freeze")
    .description("ask a running reference and its package for everything they offer, and write the manifest")
    .requiredOption("--reference <spec>", "the installed reference", "openclaw@2026.9.6")
    .option("--out <file>", "where the manifest goes", join(checkout, "schemas", "manifest.json"))
    .option("--check", "change nothing; fail when the manifest would differ")
    .addHelpText("after", "\nExample:\n  referee freeze --reference openclaw@2026.9.6 --check")
    .action((options: FreezeOptions) => run(options));
}

async function run(options: FreezeOptions): Promise<void> {
  const folder = referenceFolder(referenceVersion(options.reference));
  const modules = join(folder, "node_modules");
  const surface = await readRuntimeSurface(modules, join(modules, "node", "bin", "node"));
  await using gateway = await launch({
    contract: await loadContract("reference"),
    setup: PLAIN.setup,
    ports: new PortFinder(),
    logFolder: await mkdtemp(join(tmpdir(), "referee-freeze-")),
    label: "freeze",
  });
  const target = { url: gateway.url, token: gateway.token };
  const manifest = await freeze({ target, surface, onProgress: (done, total) => report(done, total) });
  const text = renderManifest(manifest);
  if (options.check !== true) {
    await writeFile(options.out, text);
    process.stdout.write(`${options.out}: ${manifest.methods.length} methods of ${manifest.reference}\n`);
  } else if ((await readFile(options.out, "utf8")) !== text) {
    process.stderr.write(`${options.out} is not what ${manifest.reference} offers; freeze again\n`);
    process.exitCode = 1;
  }
}

function report(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} methods`);
}

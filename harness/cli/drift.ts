import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import type { Check } from "../compare/verdict.ts";
import { driftReport, renderDrift } from "../drift/drift-report.ts";
import { surfaceDrift } from "../drift/surface-drift.ts";
import { PATIENT } from "../drive/session.ts";
import { freezeReference } from "../freeze/freeze-reference.ts";
import { readManifest } from "../freeze/read-manifest.ts";
import { referenceContract, referenceVersion } from "../freeze/reference-contract.ts";
import { launch } from "../launch/launch.ts";
import { corpusFolder, REFERENCE_CLIENT, REFERENCE_NODE, referenceFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { install } from "../reference/install.ts";
import { replay } from "../replay/replay.ts";
import { loadScenarios } from "../scenario/load.ts";
import { complain, EXIT, progress, say, sayJson } from "./output.ts";

interface Options {
  readonly reference: string;
  readonly corpus: string;
  readonly surfaceOnly: boolean;
  readonly json: boolean;
}

const SETTLE_MS = 250;

/** `latest` and other tags are asked of the registry once, so that the report names a version. */
async function versionFor(spec: string): Promise<string> {
  const wanted = referenceVersion(spec);
  if (/^\d/.test(wanted)) return wanted;
  const { stdout } = await promisify(execFile)("npm", ["view", `openclaw@${wanted}`, "version"]);
  return stdout.trim();
}

async function playCorpus(version: string, filters: readonly string[], options: Options): Promise<Check[]> {
  const contract = await referenceContract(version);
  const ports = new PortFinder();
  const logFolder = await mkdtemp(join(tmpdir(), "referee-drift-"));
  const bar = progress(!options.json);
  const checks = await replay({
    corpus: options.corpus,
    scenarios: await loadScenarios(options.corpus, filters),
    start: (batch) => launch({ contract, setup: batch.setup, ports, logFolder, label: batch.label }),
    patience: PATIENT,
    jobs: 1,
    settleMs: SETTLE_MS,
    cannotPlay: () => undefined,
    onProgress: (done, total, what) => bar.update(done, total, what),
  });
  bar.stop();
  return checks;
}

async function run(filters: readonly string[], options: Options): Promise<void> {
  const frozen = await readManifest();
  const version = await versionFor(options.reference);
  await install({
    folder: referenceFolder(version),
    packages: { openclaw: version, "@openclaw/gateway-client": REFERENCE_CLIENT, node: REFERENCE_NODE },
    onStep: complain,
  });
  const now = await freezeReference(version, () => undefined);
  const checks = options.surfaceOnly ? [] : await playCorpus(version, filters, options);
  const report = driftReport({
    from: frozen.reference,
    to: now.reference,
    surface: surfaceDrift(frozen, now),
    checks,
  });
  if (options.json) sayJson(report);
  else say(renderDrift(report));
  process.exitCode = report.rows.length === 0 ? EXIT.expected : EXIT.regression;
}

export function register(program: Command): void {
  program
    .command("drift")
    .description("Hold another version of the reference against the frozen manifest and goldens, by method")
    .argument("[scenario...]", "ids, families (cron), or prefixes (cron/j*); everything by default")
    .option("--reference <package>", "which version to look at", "openclaw@latest")
    .option("--corpus <folder>", "where scenarios are", corpusFolder)
    .option("--surface-only", "compare what is offered, play nothing", false)
    .option("--json", "print the report as JSON", false)
    .addHelpText(
      "after",
      `
Exit code 1 means that something changed upstream. Nothing of ours is written.

Examples:
  referee drift --reference openclaw@latest
  referee drift --reference openclaw@2026.9.6 --surface-only   the frozen one against itself: nothing`,
    )
    .action(run);
}

import { join, resolve } from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import { type Check, type ChecksFile, totalsOf } from "../compare/verdict.ts";
import { BRISK, PATIENT } from "../drive/session.ts";
import { loadContract } from "../launch/contract.ts";
import type { Gateway } from "../launch/gateway.ts";
import { launch } from "../launch/launch.ts";
import { checkout, corpusFolder, REFERENCE_VERSION } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { writeChecks } from "../replay/checks-file.ts";
import { replay } from "../replay/replay.ts";
import { parseCheckId, reproduce } from "../replay/repro.ts";
import { needsOwnGateway, needsReference, openTarget } from "../replay/target.ts";
import type { Batch } from "../scenario/batches.ts";
import { loadScenario, loadScenarios } from "../scenario/load.ts";
import type { Scenario, Setup } from "../scenario/schema.ts";
import { Expectations, readExpected, today } from "../score/expected.ts";
import { EXIT, progress, say, sayJson } from "./output.ts";
import { printCheck } from "./print-check.ts";

interface Options {
  readonly launch: string;
  readonly target?: string;
  readonly token?: string;
  readonly providerPort: string;
  readonly portBase?: string;
  readonly jobs?: string;
  readonly corpus: string;
  readonly out: string;
  readonly repro?: string;
  readonly expected?: string;
  readonly again: boolean;
  readonly all: boolean;
  readonly json: boolean;
}

const SETTLE_MS = { reference: 250, other: 60 } as const;
const PRINTED_MAX = 40;

interface Subject {
  readonly name: string;
  readonly isReference: boolean;
  readonly start: (setup: Setup, label: string) => Promise<Gateway>;
  readonly cannotPlay: (scenario: Scenario) => string | undefined;
}

async function subjectOf(options: Options): Promise<Subject> {
  const { target } = options;
  if (target !== undefined) {
    const { token } = options;
    if (token === undefined) throw new Error("--target needs --token, the shared token of that gateway");
    return {
      name: target,
      isReference: true,
      start: () => openTarget({ url: target, token, providerPort: Number(options.providerPort) }),
      cannotPlay: (scenario) => needsReference(scenario) ?? needsOwnGateway(scenario),
    };
  }
  const contract = await loadContract(options.launch);
  const ports = new PortFinder(options.portBase === undefined ? undefined : Number(options.portBase));
  const logFolder = join(checkout, ".cache", "referee", "logs");
  return {
    name: contract.name,
    isReference: contract.name === "reference",
    start: (setup, label) =>
      launch({ contract, setup, ports, logFolder, label: `${contract.name}-${label}` }),
    cannotPlay: needsReference,
  };
}

function jobsOf(options: Options, subject: Subject): number {
  if (options.target !== undefined) return 1;
  return Number(options.jobs ?? (subject.isReference ? 1 : 2));
}

function printReport(file: ChecksFile, path: string, all: boolean): void {
  const shown = file.checks.filter((check) => check.verdict === "fail");
  for (const check of shown.slice(0, all ? undefined : PRINTED_MAX)) printCheck(check, all ? 40 : 3);
  if (shown.length > PRINTED_MAX && !all)
    say(`  ... ${shown.length - PRINTED_MAX} more failures, all in ${path}`);
  const gaps = new Map<string, number>();
  for (const check of file.checks.filter((one) => one.verdict === "harness-gap")) {
    gaps.set(check.note ?? "", (gaps.get(check.note ?? "") ?? 0) + 1);
  }
  for (const [note, count] of gaps) say(`  not asked: ${count} checks, ${note}`);
  for (const { id, note } of file.checks) if (note === UNSTEADY) say(`  unsteady: ${id} ${UNSTEADY}`);
  const { pass, fail } = file.totals;
  const share = pass + fail === 0 ? 0 : (100 * pass) / (pass + fail);
  say(
    `${file.gateway}: ${pass} passed, ${fail} failed, ${file.totals["harness-gap"]} not asked; ` +
      `${share.toFixed(1)} % in ${(file.durationMs / 1000).toFixed(1)} s -> ${path}`,
  );
}

async function runRepro(id: string, options: Options, subject: Subject): Promise<void> {
  const scenario = await loadScenario(resolve(options.corpus), parseCheckId(id).scenario);
  const found = await reproduce(id, scenario, {
    corpus: resolve(options.corpus),
    patience: subject.isReference ? PATIENT : BRISK,
    settleMs: SETTLE_MS[subject.isReference ? "reference" : "other"],
    start: (cut) => subject.start(cut.setup, "repro"),
  });
  if (options.json) sayJson(found);
  else {
    const steps = found.scenario.steps.map(({ verb: _verb, ...step }) => step);
    say(
      found.isReproduced
        ? `reproduced in ${steps.length} of ${scenario.steps.length} steps:`
        : "not reproduced:",
    );
    if (found.check !== undefined) printCheck(found.check, 40);
    say(stringify({ id: scenario.id, provider: found.scenario.provider, steps }, { lineWidth: 160 }));
  }
  process.exitCode = found.check?.verdict === "fail" ? EXIT.regression : EXIT.expected;
}

async function runAll(filters: readonly string[], options: Options, subject: Subject): Promise<Check[]> {
  const bar = progress(!options.json);
  const checks = await replay({
    corpus: resolve(options.corpus),
    scenarios: await loadScenarios(resolve(options.corpus), filters),
    start: (batch: Batch) => subject.start(batch.setup, batch.label),
    patience: subject.isReference ? PATIENT : BRISK,
    settleMs: SETTLE_MS[subject.isReference ? "reference" : "other"],
    jobs: jobsOf(options, subject),
    cannotPlay: subject.cannotPlay,
    onProgress: (done, total, what) => bar.update(done, total, what),
  });
  bar.stop();
  return checks;
}

/** A gateway without a list of its own is held to no expectations: each failure counts. */
async function expectationsOf({ expected, target, launch: launched }: Options): Promise<Expectations> {
  const isOurs = target === undefined && launched === "understudy";
  const path = expected ?? (isOurs ? join(checkout, "scorecard", "expected-failures.yaml") : undefined);
  return new Expectations(path === undefined ? [] : await readExpected(path), today());
}

const UNSTEADY = "failed at first, passed when played again";

/**
 * Scenarios with failures that nobody expects, played once more, alone. What passes then was unsteady: it is said,
 * and counted as what it is on a quiet machine.
 */
async function playedAgain(checks: readonly Check[], options: Options, subject: Subject): Promise<Check[]> {
  const expectations = await expectationsOf(options);
  const isUnexpected = ({ id, verdict }: Check): boolean =>
    verdict === "fail" && expectations.find(id) === undefined;
  const scenarios = [...new Set(checks.filter(isUnexpected).map(({ scenario }) => scenario))];
  if (scenarios.length === 0) return [...checks];
  const second = await runAll(scenarios, { ...options, jobs: "1" }, subject);
  const passed = new Map(
    second.filter(({ verdict }) => verdict === "pass").map((check) => [check.id, check]),
  );
  return checks.map((check) => {
    const steady = isUnexpected(check) ? passed.get(check.id) : undefined;
    return steady === undefined ? check : { ...steady, note: UNSTEADY };
  });
}

async function run(filters: string[], options: Options): Promise<void> {
  const subject = await subjectOf(options);
  if (options.repro !== undefined) return runRepro(options.repro, options, subject);
  const startedAt = new Date().toISOString();
  const begun = performance.now();
  const first = await runAll(filters, options, subject);
  const checks = options.again ? await playedAgain(first, options, subject) : first;
  const file: ChecksFile = {
    version: 1,
    gateway: subject.name,
    target: options.target ?? options.launch,
    reference: REFERENCE_VERSION,
    startedAt,
    durationMs: Math.round(performance.now() - begun),
    totals: totalsOf(checks),
    checks,
  };
  const path = await writeChecks(resolve(options.out), file);
  if (options.json) sayJson(file);
  else printReport(file, path, options.all);
  const expectations = await expectationsOf(options);
  const unexpected = checks.filter(
    ({ id, verdict }) => verdict === "fail" && expectations.find(id) === undefined,
  ).length;
  if (unexpected < file.totals.fail && !options.json) {
    say(`${file.totals.fail - unexpected} of the failures are expected, ${unexpected} are not`);
  }
  process.exitCode = unexpected > 0 ? EXIT.regression : EXIT.expected;
  return undefined;
}

export function register(program: Command): void {
  program
    .command("replay")
    .description("Play the corpus to a gateway and compare what comes back with the goldens")
    .argument("[scenario...]", "ids, families (cron), or prefixes (cron/j*); everything by default")
    .option("--launch <contract>", "understudy, reference, or the path of a launch contract", "understudy")
    .option("--target <url>", "a gateway that runs already (ws://127.0.0.1:18789)")
    .option("--token <token>", "its shared token")
    .option("--provider-port <port>", "where its model provider is expected; the tape listens there", "19901")
    .option("--port-base <port>", "first port to try (also UNDERSTUDY_PORT_BASE)")
    .option("--jobs <n>", "gateways at the same time (default: 2, reference 1)")
    .option("--corpus <folder>", "where scenarios and goldens are", corpusFolder)
    .option("--out <folder>", "where checks.json goes", join(checkout, ".cache", "replay"))
    .option("--expected <file>", "failures that are expected (default: the scorecard's, for understudy only)")
    .option("--repro <check>", "find the smallest part of a scenario that shows this failure")
    .option(
      "--again",
      "play scenarios with failures that nobody expects once more, and say what was unsteady",
      false,
    )
    .option("--all", "print every failure with all its differences", false)
    .option("--json", "print checks.json", false)
    .addHelpText(
      "after",
      `
Examples:
  referee replay                                   the understudy of this checkout, everything
  referee replay cron --launch reference           the floor: the reference against its own goldens
  referee replay --launch my-gateway.yaml          your gateway, by a launch contract
  referee replay --target ws://127.0.0.1:18789 --token T --provider-port 19901
  referee replay --repro chat/turn:send:answer     one failure, made small`,
    )
    .action(run);
}

import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { BRISK, PATIENT } from "../drive/session.ts";
import { loadContract } from "../launch/contract.ts";
import { launch } from "../launch/launch.ts";
import { checkout, corpusFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { type Catch, hunt } from "../saboteurs/hunt.ts";
import { SABOTEURS } from "../saboteurs/saboteurs.ts";
import { EXIT, progress, say, sayJson } from "./output.ts";

interface SaboteursOptions {
  readonly launch: string;
  readonly only?: string;
  readonly jobs: string;
  readonly portBase?: string;
  readonly publish?: true;
  readonly json?: true;
}

export function register(program: Command): void {
  program
    .command("saboteurs")
    .description("put faulty gateways before the referee, and see that it catches each by its own check")
    .option("--launch <contract>", "whose gateway is sabotaged", "reference")
    .option("--only <text>", "saboteurs whose id contains this")
    .option("--jobs <n>", "gateways at the same time", "2")
    .option("--port-base <port>", "first port to try")
    .option("--publish", "write the kill rate to scorecard/saboteurs.json")
    .option("--json", "the catches as JSON")
    .addHelpText("after", "\nExamples:\n  referee saboteurs\n  referee saboteurs --only seq --json")
    .action((options: SaboteursOptions) => run(options));
}

async function run(options: SaboteursOptions): Promise<void> {
  const chosen = SABOTEURS.filter(({ id }) => id.includes(options.only ?? ""));
  if (chosen.length === 0) throw new Error(`no saboteur's id contains "${options.only}"`);
  const contract = await loadContract(options.launch);
  const ports = new PortFinder(options.portBase === undefined ? undefined : Number(options.portBase));
  const logFolder = join(checkout, ".cache", "referee", "logs");
  const isReference = contract.name === "reference";
  const bar = progress(!options.json);
  const caught = await hunt({
    corpus: corpusFolder,
    saboteurs: chosen,
    start: (scenario, label) =>
      launch({ contract, setup: scenario.setup, ports, logFolder, label: `saboteur-${label}` }),
    run: { patience: isReference ? PATIENT : BRISK, settleMs: isReference ? 250 : 60 },
    jobs: Number(options.jobs),
    onProgress: (done, total, what) => bar.update(done, total, what),
  });
  bar.stop();
  const killed = caught.filter(({ caughtBy }) => caughtBy.length > 0).length;
  if (options.publish) await publish(caught, killed);
  if (options.json) sayJson({ caught: killed, total: caught.length, catches: caught });
  else print(caught, killed);
  process.exitCode = killed === caught.length ? EXIT.expected : EXIT.regression;
}

function print(caught: readonly Catch[], killed: number): void {
  for (const { saboteur, does, caughtBy, scenario, alsoFailed, blind } of caught) {
    if (caughtBy.length > 0) say(`caught    ${saboteur}: ${does} (${scenario}: ${caughtBy.join(", ")})`);
    else say(`GOT AWAY  ${saboteur}: ${does} (${scenario}; failed: ${alsoFailed.join(", ") || "nothing"})`);
    if (blind.length > 0) say(`          without a fault these fail too: ${blind.join(", ")}`);
  }
  say(`${killed} of ${caught.length} saboteurs caught`);
}

/** One line per saboteur, so that a change of one is a change of one line. */
async function publish(caught: readonly Catch[], killed: number): Promise<void> {
  const lines = caught.map(({ saboteur, does, scenario, caughtBy }) =>
    JSON.stringify({ saboteur, does, scenario, caughtBy }),
  );
  const text = `{"caught": ${killed}, "total": ${caught.length}, "catches": [\n  ${lines.join(",\n  ")}\n]}\n`;
  await writeFile(resolve(checkout, "scorecard", "saboteurs.json"), text);
}

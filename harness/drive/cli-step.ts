import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Gateway } from "../launch/gateway.ts";
import { scratchRoot } from "../launch/places.ts";
import { type Finished, hasCommandLine, jsonIn, runCommandLine } from "../reference/command-line.ts";
import type { StepOf } from "../scenario/step-schema.ts";
import { shapeOf } from "../shape/shape.ts";
import { filled, type Outcome, type RunState, StepProblem } from "./session.ts";

const COMMAND_MS_MAX = 90_000;
const LINES_MAX = 200;
/** The line that says why, among those that say how to get help. */
const REASON = /^\[openclaw\] Reason: /;

/** A HOME for the command line alone. It keeps it for the whole of a scenario: it remembers its device there. */
async function homeFor(state: RunState): Promise<string> {
  const { gateway } = state;
  if (state.cliHome !== undefined) return state.cliHome;
  const isOurs = gateway.home !== undefined && gateway.control !== undefined;
  state.cliHome = isOurs
    ? join(dirname(gateway.home), "cli-home")
    : await mkdtemp(join(scratchRoot(), "referee-cli-"));
  return state.cliHome;
}

/** All that the command line knows of the gateway is where it is, and the secret. */
async function writeConfig(home: string, gateway: Gateway, mode: "local" | "remote"): Promise<void> {
  const { port, token, url } = gateway;
  const local = { port, mode, bind: "loopback", auth: { mode: "token", token } };
  const config = { gateway: mode === "local" ? local : { mode, remote: { url, token } } };
  await mkdir(join(home, ".openclaw"), { recursive: true });
  await writeFile(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config), { mode: 0o600 });
}

export async function closeCliHome(state: RunState): Promise<void> {
  if (state.cliHome !== undefined) await rm(state.cliHome, { recursive: true, force: true });
}

/** What a script that calls the command sees: the exit code, and what was printed, as JSON where it is. */
function received(cli: StepOf<"cli">["cli"], { exitCode, stdout, stderr }: Finished): unknown {
  const json = jsonIn(stdout);
  const said = linesOf(stderr);
  const complaint = exitCode === 0 ? undefined : (said.find((line) => REASON.test(line)) ?? said[0]);
  return {
    exitCode,
    ...(json === undefined ? {} : { json: cli.show === "shape" ? shapeOf(json) : json }),
    ...(json === undefined && cli.show === "text" ? { lines: linesOf(stdout) } : {}),
    ...(complaint === undefined ? {} : { complaint }),
  };
}

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  return lines.filter((line) => line !== "").slice(0, LINES_MAX);
}

export async function cliStep(state: RunState, step: StepOf<"cli">): Promise<Outcome> {
  if (!hasCommandLine()) throw new StepProblem("the reference's command line is not installed here");
  const cli = filled(state, step.cli);
  const home = await homeFor(state);
  await writeConfig(home, state.gateway, cli.mode);
  const begun = performance.now();
  const finished = await runCommandLine(cli.args, { home, timeoutMs: step.timeoutMs ?? COMMAND_MS_MAX });
  return { sent: cli.args, received: received(cli, finished), latencyMs: performance.now() - begun };
}

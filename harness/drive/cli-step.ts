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

/** A HOME for the command line alone: all it knows of the gateway is where it is, and the secret. */
async function openHome(gateway: Gateway): Promise<string> {
  const beside =
    gateway.home === undefined || gateway.control === undefined ? undefined : dirname(gateway.home);
  const home =
    beside === undefined ? await mkdtemp(join(scratchRoot(), "referee-cli-")) : join(beside, "cli-home");
  await mkdir(join(home, ".openclaw"), { recursive: true });
  const auth = { mode: "token", token: gateway.token };
  const config = { gateway: { port: gateway.port, mode: "local", bind: "loopback", auth } };
  await writeFile(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config), { mode: 0o600 });
  return home;
}

/** The command line keeps its HOME for the whole of a scenario: it remembers its device there. */
async function homeFor(state: RunState): Promise<string> {
  state.cliHome ??= await openHome(state.gateway);
  return state.cliHome;
}

export async function closeCliHome(state: RunState): Promise<void> {
  if (state.cliHome !== undefined) await rm(state.cliHome, { recursive: true, force: true });
}

/** What a script that calls the command sees: the exit code, and what was printed, as JSON where it is. */
function received(cli: StepOf<"cli">["cli"], { exitCode, stdout, stderr }: Finished): unknown {
  const json = jsonIn(stdout);
  const complaint = exitCode === 0 ? undefined : linesOf(stderr)[0];
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
  const begun = performance.now();
  const finished = await runCommandLine(cli.args, { home, timeoutMs: step.timeoutMs ?? COMMAND_MS_MAX });
  return { sent: cli.args, received: received(cli, finished), latencyMs: performance.now() - begun };
}

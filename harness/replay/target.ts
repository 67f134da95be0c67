import { dirname } from "node:path";
import { Wire } from "../freeze/wire.ts";
import type { Gateway } from "../launch/gateway.ts";
import { PASSWORD } from "../launch/secrets.ts";
import { hasCommandLine } from "../reference/command-line.ts";
import type { Scenario } from "../scenario/schema.ts";
import { variablesIn } from "../scenario/variables.ts";
import { Tape } from "../tape/tape.ts";

export interface TargetOptions {
  readonly url: string;
  readonly token: string;
  /** Where the gateway under test believes its model provider to be. */
  readonly providerPort: number;
}

/** A gateway that somebody else started: it can be talked to, and nothing else. */
export async function openTarget(options: TargetOptions): Promise<Gateway> {
  const url = new URL(options.url);
  const home = await homeOf(options);
  const tape = await Tape.listen(options.providerPort);
  const host = `${url.hostname}:${url.port}`;
  return {
    name: options.url,
    url: `ws://${host}`,
    httpUrl: `http://${host}`,
    port: Number(url.port),
    token: options.token,
    password: PASSWORD,
    home,
    tape,
    startedInMs: undefined,
    control: undefined,
    async [Symbol.asyncDispose]() {
      await tape[Symbol.asyncDispose]();
    },
  };
}

/** Its HOME stands in many answers. The handshake tells an administrator where the state folder is. */
async function homeOf({ url, token }: TargetOptions): Promise<string | undefined> {
  await using wire = await Wire.open({ url, token }, ["operator.admin"]);
  const snapshot: unknown = wire.hello["snapshot"];
  const stateDir: unknown =
    typeof snapshot === "object" && snapshot !== null ? Reflect.get(snapshot, "stateDir") : undefined;
  return typeof stateDir === "string" ? dirname(stateDir) : undefined;
}

const NEEDS_CONTROL = new Set(["gateway", "writeConfig", "writeFiles", "readFile"]);

/** Why a scenario cannot be played on this machine, whatever the gateway. */
export function needsReference(scenario: Scenario): string | undefined {
  if (hasCommandLine() || !scenario.steps.some(({ verb }) => verb === "cli")) return undefined;
  return "it runs the reference's own command line, which is not installed here (npm run reference:install)";
}

/** Why a scenario needs a gateway that we start ourselves. */
export function needsOwnGateway(scenario: Scenario): string | undefined {
  if (scenario.needs !== "shared") return `needs: ${scenario.needs}, and this gateway is not ours to start`;
  const { config, configText, env, files, fixture, startFails } = scenario.setup;
  const isPlain =
    configText === undefined &&
    fixture === undefined &&
    startFails === undefined &&
    [config, env, files].every((map) => Object.keys(map).length === 0);
  if (!isPlain || scenario.setup.api !== "openai-completions")
    return "its setup differs from the base config";
  const step = scenario.steps.find((one) => NEEDS_CONTROL.has(one.verb));
  if (step !== undefined) return `step ${step.id} reaches into the gateway's process or files`;
  return variablesIn(scenario.steps).has("home") ? "it needs to know HOME" : undefined;
}

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Setup } from "../scenario/schema.ts";
import { fill, fillString } from "../scenario/variables.ts";
import { Tape } from "../tape/tape.ts";
import { configText } from "./config.ts";
import type { LaunchContract } from "./contract.ts";
import type { Gateway } from "./gateway.ts";
import { cacheRoot, checkout, corpusFolder, playerEntry, referenceFolder, scratchRoot } from "./places.ts";
import type { PortBlock, PortFinder } from "./ports.ts";
import { GatewayProcess } from "./process.ts";
import { waitUntilReady } from "./ready.ts";
import { PASSWORD, TOKEN } from "./secrets.ts";

export interface LaunchOptions {
  readonly contract: LaunchContract;
  readonly setup: Setup;
  readonly ports: PortFinder;
  /** Where logs of gateways are kept after their HOME is gone. */
  readonly logFolder: string;
  readonly label: string;
}

export class CannotLaunch extends Error {
  override readonly name = "CannotLaunch";
}

export type LaunchVariables = ReadonlyMap<string, string>;

function variablesFor(home: string, block: PortBlock): Map<string, string> {
  return new Map([
    ["home", home],
    ["port", String(block.port)],
    ["token", TOKEN],
    ["password", PASSWORD],
    ["providerUrl", `http://127.0.0.1:${block.providerPort}`],
    ["cache", referenceFolder()],
    ["cacheRoot", cacheRoot()],
    ["checkout", checkout],
    ["node", process.execPath],
    ["understudy", playerEntry()],
    ["url", `ws://127.0.0.1:${block.port}`],
    ["httpUrl", `http://127.0.0.1:${block.port}`],
  ]);
}

/** A path below HOME; a scenario is data, so it must not be able to write anywhere else. */
export function insideHome(home: string, path: string): string {
  const full = resolve(home, path);
  if (full !== home && !full.startsWith(home + sep)) throw new Error(`${path} is outside HOME`);
  return full;
}

export async function writeFilesInto(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const full = insideHome(home, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
  }
}

async function prepareHome(
  home: string,
  options: LaunchOptions,
  variables: LaunchVariables,
): Promise<string> {
  const { setup, contract } = options;
  await mkdir(home, { recursive: true });
  if (setup.fixture !== undefined) {
    await cp(join(corpusFolder, "fixtures", setup.fixture), home, { recursive: true });
  }
  await writeFilesInto(home, fill(setup.files, variables) as Record<string, string>);
  const configFile = fillString(contract.configFile, variables);
  await mkdir(dirname(configFile), { recursive: true });
  // The port is a number in the config; everything else in it is text.
  const typed = new Map<string, unknown>(variables).set("port", Number(variables.get("port")));
  await writeFile(configFile, configText(setup, typed), { mode: 0o600 });
  return configFile;
}

function checkNeeds(contract: LaunchContract, variables: LaunchVariables): void {
  for (const need of contract.needs) {
    const path = fillString(need.path, variables);
    if (!existsSync(path)) throw new CannotLaunch(`${contract.name}: ${path} is missing; ${need.hint}`);
  }
}

function environment(
  options: LaunchOptions,
  home: string,
  variables: LaunchVariables,
): Record<string, string> {
  const own = fill({ ...options.contract.env, ...options.setup.env }, variables) as Record<string, string>;
  return { PATH: process.env["PATH"] ?? "/usr/bin:/bin", HOME: home, TZ: "UTC", LANG: "C.UTF-8", ...own };
}

class LaunchedGateway implements Gateway {
  readonly name: string;
  readonly url: string;
  readonly httpUrl: string;
  readonly port: number;
  readonly token = TOKEN;
  readonly password = PASSWORD;
  readonly home: string;
  readonly tape: Tape;
  readonly configFile: string;
  readonly #options: LaunchOptions;
  readonly #spawn: () => GatewayProcess;
  #process: GatewayProcess | undefined;
  #startedInMs: number | undefined;

  constructor(
    options: LaunchOptions,
    home: string,
    tape: Tape,
    variables: LaunchVariables,
    configFile: string,
  ) {
    this.#options = options;
    this.name = options.contract.name;
    this.home = home;
    this.tape = tape;
    this.configFile = configFile;
    this.port = Number(variables.get("port"));
    this.url = fillString("${url}", variables);
    this.httpUrl = fillString("${httpUrl}", variables);
    const { contract } = options;
    this.#spawn = () =>
      new GatewayProcess({
        command: fillString(contract.command, variables),
        args: contract.args.map((argument) => fillString(argument, variables)),
        cwd: fillString(contract.cwd, variables),
        env: environment(options, home, variables),
        logPath: join(options.logFolder, `${options.label}.log`),
      });
  }

  get control(): this {
    return this;
  }

  get startedInMs(): number | undefined {
    return this.#startedInMs;
  }

  get exit(): ReturnType<() => GatewayProcess["exit"]> {
    return this.#process?.exit;
  }

  get logTail(): string {
    return this.#process?.tail ?? "";
  }

  async start(): Promise<void> {
    const begun = performance.now();
    const started = this.#spawn();
    this.#process = started;
    const gone = started.exited.then(
      (exit) => `${this.name} exited with ${exit.code ?? exit.signal} before it was ready:\n${started.tail}`,
    );
    const { startFails } = this.#options.setup;
    if (startFails !== undefined) {
      await Promise.race([
        started.exited,
        waitUntilReady(this.url, this.#options.contract.ready.timeoutMs, gone),
      ]);
      return;
    }
    await waitUntilReady(this.url, this.#options.contract.ready.timeoutMs, gone);
    this.#startedInMs ??= Math.round(performance.now() - begun);
  }

  async stop(): ReturnType<GatewayProcess["stop"]> {
    if (this.#process === undefined) return { code: 0, signal: null };
    return this.#process.stop(this.#options.contract.stop.graceMs);
  }

  async kill(): ReturnType<GatewayProcess["kill"]> {
    if (this.#process === undefined) return { code: 0, signal: null };
    return this.#process.kill();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing of this HOME is read again, so there is no reason to wait for a polite shutdown.
    await this.kill();
    await this.tape[Symbol.asyncDispose]();
    if (process.env["UNDERSTUDY_KEEP_HOME"] === undefined)
      await rm(dirname(this.home), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Starts a gateway with a HOME, config and provider of its own, and returns when it is ready. */
export async function launch(options: LaunchOptions): Promise<Gateway> {
  const block = await options.ports.find();
  const home = join(scratchRoot(), `referee-${randomBytes(4).toString("hex")}`, "home");
  const variables = variablesFor(home, block);
  checkNeeds(options.contract, variables);
  await mkdir(options.logFolder, { recursive: true });
  const configFile = await prepareHome(home, options, variables);
  const tape = await Tape.listen(block.providerPort);
  const gateway = new LaunchedGateway(options, home, tape, variables, configFile);
  try {
    await gateway.start();
  } catch (error) {
    await gateway[Symbol.asyncDispose]();
    throw new CannotLaunch(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return gateway;
}

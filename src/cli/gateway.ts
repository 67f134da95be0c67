import type { Config } from "../domain/config/index.ts";
import type { OpenedConfig } from "../domain/config/open.ts";
import { InvalidConfigError, openConfig } from "../domain/config/open.ts";
import { SecretError } from "../domain/config/secrets.ts";
import { StartBlockedError } from "../domain/config/settle.ts";
import type { Gateway } from "../main.ts";
import { systemClock } from "../platform/clock.ts";
import { keepHeapSmall } from "../platform/heap.ts";
import { systemIds } from "../platform/ids.ts";
import { createLog, type OpenLog } from "../platform/log.ts";
import { createRedactor, type Redactor } from "../platform/redact.ts";
import { announce } from "./announce.ts";
import { type GatewayFlags, parseGatewayFlags } from "./gateway-flags.ts";
import { holdGatewayLocks, refuseASecondGateway } from "./gateway-locks.ts";
import { type Command, EXIT, type Terminal } from "./terminal.ts";

const HELP = `Runs the gateway.

Usage: understudy gateway [run] [options]

Options:
  --port <port>           port to listen on (OPENCLAW_GATEWAY_PORT, gateway.port, 18789)
  --bind <mode>           loopback, lan, tailnet, auto or custom
  --auth <mode>           none, token, password or trusted-proxy
  --token <token>         the shared token
  --password <password>   the password of --auth password
  --password-file <path>  a file with the password
  --allow-unconfigured    start although the file does not say gateway.mode
  --verbose               log at level debug
  --json-log              one JSON object per line on the console
  --help                  print this

The file is openclaw.json in ~/.openclaw, or what OPENCLAW_CONFIG_PATH and OPENCLAW_STATE_DIR name.
Without a file the gateway starts all the same: on 127.0.0.1, with a token of its own, which it keeps in the
state folder, and with a model that needs no network.

Exit codes: 0 stopped by a signal, 1 could not run, 2 wrong usage, 78 wrong configuration.

Examples:
  understudy gateway
  understudy gateway --port 18790 --verbose
  OPENCLAW_STATE_DIR=/srv/claw understudy gateway --bind lan --auth password --password-file /run/pw
`;

const command: Command = {
  help: HELP,
  run: (args, terminal) => run(parseGatewayFlags(args), terminal),
};
export default command;

/** Runs until a signal. A change that only a restart brings into force starts a new gateway in this process. */
async function run(flags: GatewayFlags, terminal: Terminal): Promise<number> {
  keepHeapSmall();
  // compat(cli/gateway): `openclaw status --all` knows who listens on the port by this name.
  process.title = "openclaw-gateway";
  const redactor = createRedactor();
  const stop = untilSignal();
  let restartedAt: number | undefined;
  for (;;) {
    let running: Running | number;
    const early = createLog({
      clock: systemClock,
      redactor,
      print: (line) => terminal.out(withNewline(line)),
    });
    try {
      running = await start(flags, terminal, redactor, early, restartedAt);
    } catch (error) {
      // What was said on the way may be the reason.
      await early.open();
      return explainFailure(error, terminal);
    }
    if (typeof running === "number") return running;
    const { gateway, config, log, release } = running;
    const end = await Promise.race([stop.signal, restartWanted(config, gateway)]);
    const isRestart = typeof end === "object";
    log.info(isRestart ? `restarting: ${end.restart}` : `received ${end}; shutting down`);
    config.close();
    await gateway.close({ isRestart });
    await release();
    await log.close();
    if (isRestart) {
      restartedAt = systemClock.elapsed();
      continue;
    }
    stop.release();
    return EXIT.ok;
  }
}

interface Running {
  readonly gateway: Gateway;
  readonly config: OpenedConfig;
  readonly log: OpenLog;
  /** Takes away what tells other programs of this machine that the gateway runs. */
  release(): Promise<void>;
}

async function start(
  flags: GatewayFlags,
  terminal: Terminal,
  redactor: Redactor,
  early: OpenLog,
  restartedAt: number | undefined,
): Promise<Running | number> {
  // The gateway's code is read while the configuration is; which of them fails first does not matter.
  const code = import("../main.ts");
  code.catch(() => {});
  const config = await openConfig({
    env: terminal.env,
    flags,
    clock: systemClock,
    ids: systemIds,
    log: early.child({ subsystem: "config" }),
  });
  const blocked = blockedBy(config, flags);
  if (blocked !== undefined) {
    terminal.error(`${blocked}\n`);
    return EXIT.config;
  }
  const { logging } = config.current();
  learnSecrets(config.current(), redactor);
  config.onChange((next) => learnSecrets(next, redactor));
  const log = early.configure({
    level: flags.isVerbose ? "debug" : logging.level,
    consoleLevel: flags.isVerbose ? "debug" : (logging.consoleLevel ?? "info"),
    consoleStyle: flags.isJsonLog ? "json" : (logging.consoleStyle ?? "pretty"),
    hasColor: terminal.hasColor,
    ...(logging.file === undefined ? {} : { file: logging.file }),
    ...(logging.maxFileBytes === undefined ? {} : { maxFileBytes: logging.maxFileBytes }),
  });
  await refuseASecondGateway(config.stateDir);
  const { startGateway } = await code;
  const gateway = await startGateway({
    config,
    log,
    overhearLog: log.overhear,
    clock: systemClock,
    ids: systemIds,
    ...(restartedAt === undefined ? {} : { restartedAt }),
  });
  const release = await holdGatewayLocks({
    stateDir: config.stateDir,
    configPath: config.snapshot().path,
    port: gateway.port,
    ownerId: systemIds.uuid(),
    now: systemClock.now(),
    isOneOfMany: terminal.env["OPENCLAW_ALLOW_MULTI_GATEWAY"] === "1",
  });
  announce({ gateway, config, flags, terminal });
  await log.open();
  await config.watch();
  return { gateway, config, log, release };
}

/** What the log must never show, whoever says it. */
function learnSecrets({ gateway, models }: Config, redactor: Redactor): void {
  redactor.add(gateway.auth.token);
  redactor.add(gateway.auth.password);
  for (const provider of Object.values(models.providers)) redactor.add(provider.apiKey);
}

function withNewline(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n`;
}

/** Why a well-formed file is not started with, in the reference's words. */
function blockedBy(config: OpenedConfig, flags: GatewayFlags): string | undefined {
  const { exists, source } = config.snapshot();
  const { gateway } = config.current();
  const given = (source["gateway"] ?? {}) as Readonly<Record<string, unknown>>;
  if (exists && !flags.allowsUnconfigured && given["mode"] === undefined) {
    return "Gateway start blocked: existing config is missing gateway.mode. Treat this as suspicious or clobbered config. Set gateway.mode=local manually, or pass --allow-unconfigured.";
  }
  if (gateway.mode === "remote" && !flags.allowsUnconfigured) {
    return "Gateway start blocked: set gateway.mode=local (current: remote) or pass --allow-unconfigured.";
  }
  const isLoopback =
    gateway.bind === "loopback" || (gateway.bind === "custom" && gateway.customBindHost === "127.0.0.1");
  if (gateway.auth.mode === "none" && !isLoopback) {
    return `Refusing to bind gateway to ${gateway.bind} without auth.\nSet OPENCLAW_GATEWAY_TOKEN or OPENCLAW_GATEWAY_PASSWORD, or pass --token/--password to start with auth.`;
  }
  return undefined;
}

/** Says what went wrong, for the person at the terminal, and picks the exit code. */
async function explainFailure(error: unknown, terminal: Terminal): Promise<number> {
  if (error instanceof InvalidConfigError) {
    const { explainIssues } = await import("./explain-config.ts");
    const lines = explainIssues(error.snapshot).join("\n");
    terminal.error(`Gateway failed to start: Invalid config at ${error.snapshot.path}:\n${lines}\n`);
    terminal.error('Run "understudy config check" to see the whole file checked, then retry.\n');
    return EXIT.config;
  }
  if (error instanceof StartBlockedError) {
    terminal.error(`${error.isRefusal ? "" : "Gateway failed to start: "}${error.message}\n`);
    return error.isRefusal ? EXIT.config : EXIT.failed;
  }
  if (error instanceof SecretError) {
    const text = `${error.name}: ${error.message} | ${error.code}`;
    terminal.error(`Gateway failed to start: Startup failed: required secrets are unavailable. ${text}\n`);
    return EXIT.failed;
  }
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    const port = "port" in error ? ` ${String(error.port)}` : "";
    terminal.error(
      `Gateway failed to start: port${port} is in use; another gateway may be running there. Try: understudy doctor\n`,
    );
    return EXIT.failed;
  }
  terminal.error(`Gateway failed to start: ${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.failed;
}

/** Settles with why, when a change of the configuration, a client or a signal wants the gateway to begin anew. */
function restartWanted(config: OpenedConfig, gateway: Gateway): Promise<{ readonly restart: string }> {
  const { promise, resolve } = Promise.withResolvers<{ readonly restart: string }>();
  const want = (restart: string): void => {
    process.off("SIGUSR2", onSignal);
    resolve({ restart });
  };
  const onSignal = (): void => want("SIGUSR2");
  process.on("SIGUSR2", onSignal);
  config.onChange((_next, _previous, change) => {
    if (change.restartPaths.length > 0) want("changed configuration");
  });
  void gateway.restartDue.then(want);
  return promise;
}

/** Settles with the first signal to stop. A second one ends the process at once. */
function untilSignal(): { readonly signal: Promise<NodeJS.Signals>; release(): void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let wasAsked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (wasAsked) process.exit(signal === "SIGINT" ? 130 : 143);
    wasAsked = true;
    resolve(signal);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: promise,
    release() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

import { readFile } from "node:fs/promises";
import { withStateVariables } from "../domain/config/environment.ts";
import { gatewayTokenFile } from "../domain/config/own-secret.ts";
import { locate } from "../domain/config/paths.ts";
import { readSnapshot } from "../domain/config/read.ts";
import { settle } from "../domain/config/settle.ts";
import { withConfigVariables } from "../domain/config/substitute.ts";
import { systemClock } from "../platform/clock.ts";
import { parseTimeout } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./terminal.ts";

/** Options of every command that talks to a gateway. */
export const TARGET_OPTIONS = {
  url: { type: "string" },
  port: { type: "string" },
  token: { type: "string" },
  password: { type: "string" },
  timeout: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export const TARGET_HELP = `  --url <url>             where the gateway is (default: this machine, the configured port)
  --port <port>           the same, by its port on this machine
  --token <token>         the shared token (default: the configured one, or the one kept in the state folder)
  --password <password>   the password, where one is asked for
  --timeout <ms>          how long to wait for an answer (default 10000)
  --json                  one JSON document on standard output
  --help                  print this
`;

export interface Target {
  readonly url: string;
  readonly token?: string;
  readonly password?: string;
  readonly timeoutMs: number;
}

interface TargetFlags {
  readonly url?: string | undefined;
  readonly port?: string | undefined;
  readonly token?: string | undefined;
  readonly password?: string | undefined;
  readonly timeout?: string | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Finds the gateway and the secret for it: what is said on the command line, else what the configuration of this
 * machine says. A secret of this machine is never sent to another one that was named with `--url`.
 */
export async function resolveTarget(flags: TargetFlags, terminal: Terminal): Promise<Target> {
  const timeoutMs = parseTimeout(flags.timeout, TIMEOUT_MS);
  if (flags.url !== undefined && !/^wss?:\/\//.test(flags.url)) {
    throw new UsageError(`--url wants ws:// or wss://, not ${JSON.stringify(flags.url)}`);
  }
  if (flags.port !== undefined && !/^\d{1,5}$/.test(flags.port)) {
    throw new UsageError("Invalid --port. Use a port number from 1 to 65535, for example 18789.");
  }
  const said = {
    ...(flags.token === undefined ? {} : { token: flags.token }),
    ...(flags.password === undefined ? {} : { password: flags.password }),
  };
  const isSaid = flags.token !== undefined || flags.password !== undefined;
  if (flags.url !== undefined && (isSaid || !isLoopback(flags.url)))
    return { url: flags.url, ...said, timeoutMs };
  const local = await localTarget(terminal);
  const url = flags.url ?? `ws://127.0.0.1:${flags.port ?? local.port}`;
  return { url, ...(isSaid ? said : local.secret), timeoutMs };
}

function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname;
  return host === "localhost" || host === "[::1]" || (host?.startsWith("127.") ?? false);
}

interface LocalTarget {
  readonly port: number;
  readonly secret: { readonly token?: string; readonly password?: string };
}

/** A configuration that cannot be used is no reason not to ask a gateway that runs. */
async function localTarget(terminal: Terminal): Promise<LocalTarget> {
  const paths = locate(terminal.env);
  const given = await withStateVariables(terminal.env, paths.stateDir);
  const options = { path: paths.configPath, env: given, includeRoots: paths.includeRoots };
  const { source } = await readSnapshot(options);
  const kept = async () => {
    const text = await readFile(gatewayTokenFile(paths.stateDir), "utf8").catch(() => "");
    return text.trim();
  };
  try {
    const env = withConfigVariables(source, given);
    const context = {
      source,
      env,
      home: paths.home,
      stateDir: paths.stateDir,
      clock: systemClock,
      flags: {},
    };
    const { gateway } = await settle({ ...context, ownToken: kept });
    const { token, password } = gateway.auth;
    if (gateway.auth.mode === "password" && password !== undefined)
      return { port: gateway.port, secret: { password } };
    return { port: gateway.port, secret: token === undefined || token === "" ? {} : { token } };
  } catch {
    const token = await kept();
    return { port: 18_789, secret: token === "" ? {} : { token } };
  }
}

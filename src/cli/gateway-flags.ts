import { readFileSync } from "node:fs";
import type { ConfigFlags } from "../domain/config/settle.ts";
import { parseCommandLine } from "./arguments.ts";
import { UsageError } from "./terminal.ts";

export interface GatewayFlags extends ConfigFlags {
  readonly allowsUnconfigured: boolean;
  readonly isVerbose: boolean;
  readonly isJsonLog: boolean;
}

const OPTIONS = {
  port: { type: "string" },
  bind: { type: "string" },
  auth: { type: "string" },
  token: { type: "string" },
  password: { type: "string" },
  "password-file": { type: "string" },
  "allow-unconfigured": { type: "boolean" },
  verbose: { type: "boolean" },
  "json-log": { type: "boolean" },
  // Flags of the reference that change nothing here: what they ask for does not exist or is always so.
  force: { type: "boolean" },
  dev: { type: "boolean" },
  compact: { type: "boolean" },
  "ws-log": { type: "string" },
  tailscale: { type: "string" },
  "ambient-channels": { type: "boolean" },
  "raw-stream": { type: "boolean" },
} as const;

const BINDS = ["loopback", "lan", "tailnet", "auto", "custom"] as const;
const MODES = ["none", "token", "password", "trusted-proxy"] as const;

/** Reads the command line of `understudy gateway`; the complaints are the reference's. */
export function parseGatewayFlags(args: readonly string[]): GatewayFlags {
  const rest = args[0] === "run" ? args.slice(1) : args;
  const { values } = parseCommandLine(rest, OPTIONS, 0);
  const port = portOf(values.port);
  const bind = BINDS.find((name) => name === values.bind);
  if (values.bind !== undefined && bind === undefined) {
    throw new UsageError('Invalid --bind. Use "loopback", "lan", "tailnet", "auto", or "custom".');
  }
  const authMode = MODES.find((name) => name === values.auth);
  if (values.auth !== undefined && authMode === undefined) {
    throw new UsageError('Invalid --auth. Use "none", "token", "password", or "trusted-proxy".');
  }
  const password = values.password ?? passwordFrom(values["password-file"]);
  return {
    ...(port === undefined ? {} : { port }),
    ...(bind === undefined ? {} : { bind }),
    ...(authMode === undefined ? {} : { authMode }),
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(password === undefined ? {} : { password }),
    allowsUnconfigured: values["allow-unconfigured"] === true || values.dev === true,
    isVerbose: values.verbose === true,
    isJsonLog: values["json-log"] === true,
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError("Invalid --port. Use a port number from 1 to 65535, for example 18789.");
}

function passwordFrom(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw new UsageError(`--password-file: cannot read ${file}`);
  }
}

import type { OpenedConfig } from "../domain/config/open.ts";
import { gatewayTokenFile } from "../domain/config/own-secret.ts";
import type { Gateway } from "../main.ts";
import type { GatewayFlags } from "./gateway-flags.ts";
import type { Terminal } from "./terminal.ts";
import { versionLine } from "./version.ts";

interface Announcement {
  readonly gateway: Gateway;
  readonly config: OpenedConfig;
  readonly flags: GatewayFlags;
  readonly terminal: Terminal;
}

/** Tells the person who started it where the gateway is, which file it read, and how a client gets in. */
export function announce({ gateway, config, flags, terminal }: Announcement): void {
  const { exists } = config.snapshot();
  const { auth } = config.current().gateway;
  const credential = credentialHint(config, flags);
  if (flags.isJsonLog) {
    const facts = { level: 30, msg: "ready", url: gateway.url, port: gateway.port, pid: process.pid };
    const files = { configPath: config.path, configExists: exists, stateDir: config.stateDir };
    terminal.out(`${JSON.stringify({ ...facts, ...files, authMode: auth.mode })}\n`);
    return;
  }
  const option = credential.option === "" ? "" : ` ${credential.option}`;
  terminal.out(
    [
      versionLine(),
      `  listening  ${gateway.url}`,
      `  config     ${config.path}${exists ? "" : " (not there: built-in defaults)"}`,
      `  state      ${config.stateDir}`,
      `  auth       ${auth.mode}${credential.from === "" ? "" : `, ${credential.from}`}`,
      `  model      ${config.current().agents.defaults.model.primary}`,
      "Connect a client:",
      `  openclaw tui --url ${gateway.url}${option}`,
      `  understudy call health --url ${gateway.url}${option}`,
      "",
    ].join("\n"),
  );
}

/** Where the secret is, and what to write on a command line to use it; never the secret itself. */
function credentialHint(config: OpenedConfig, flags: GatewayFlags): { from: string; option: string } {
  const { auth } = config.current().gateway;
  if (auth.mode === "none" || auth.mode === "trusted-proxy") return { from: "", option: "" };
  const name = auth.mode;
  const given = config.snapshot().source["gateway"];
  const fileAuth = typeof given === "object" && given !== null && "auth" in given ? given.auth : undefined;
  const inFile = typeof fileAuth === "object" && fileAuth !== null && name in fileAuth;
  if (flags[name] !== undefined) return { from: `from --${name}`, option: `--${name} …` };
  if (inFile) return { from: `gateway.auth.${name} of the file`, option: `--${name} …` };
  const file = gatewayTokenFile(config.stateDir);
  const isEnvironment = process.env[`OPENCLAW_GATEWAY_${name.toUpperCase()}`] !== undefined;
  if (isEnvironment) {
    const variable = `OPENCLAW_GATEWAY_${name.toUpperCase()}`;
    return { from: `from ${variable}`, option: `--${name} "$${variable}"` };
  }
  return { from: `kept in ${file}`, option: `--token "$(cat ${file})"` };
}

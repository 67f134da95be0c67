import { availableParallelism } from "node:os";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import type { Config, GatewayConfig, LoggingConfig } from "./config.ts";
import { type Environment, said } from "./paths.ts";
import { freezeDeep, isRecord, type JsonRecord, section } from "./record.ts";
import { resolveSecret, type SecretContext } from "./secrets.ts";
import { agentsOf } from "./settle-agents.ts";
import { modelsOf } from "./settle-models.ts";
import { list, strings, text } from "./values.ts";

/** What the command line says; each beats the file. */
export interface ConfigFlags {
  readonly port?: number;
  readonly bind?: GatewayConfig["bind"];
  readonly authMode?: GatewayConfig["auth"]["mode"];
  readonly token?: string;
  readonly password?: string;
}

export interface SettleContext extends SecretContext {
  readonly stateDir: string;
  readonly flags: ConfigFlags;
  /** Gives the token of the state folder, made at the first start. Asked only when no other is configured. */
  readonly ownToken?: () => Promise<string>;
  /** Told of every secret that could not be resolved and is not needed for a start. */
  readonly onMissingSecret?: (path: string, error: Error) => void;
}

/** A configuration that is well formed and still cannot be started with. */
export class StartBlockedError extends Error {
  override readonly name = "StartBlockedError";
  /** True where the reference ends with the exit code for configuration, before it tried to start. */
  readonly isRefusal: boolean;

  constructor(message: string, options: { readonly isRefusal: boolean }) {
    super(message);
    this.isRefusal = options.isRefusal;
  }
}

const PORT_DEFAULT = 18_789;

/** Gives a checked file its defaults, its secrets and its types. */
export async function settle(context: SettleContext): Promise<Config> {
  const { source } = context;
  const pass = (key: string): JsonRecord => section(source, key);
  const workspaceDefault = workspaceFolder(context);
  const session = pass("session");
  const messages = pass("messages");
  const bindings = source["bindings"];
  const config: Config = {
    gateway: await gatewayOf(context),
    agents: agentsOf(source, { workspaceDefault, home: context.home, maxConcurrent: lanesDefault() }),
    models: await modelsOf(source, (value, at) => optionalSecret(value, at, context)),
    session: {
      ...session,
      scope: session["scope"] === "global" ? "global" : "per-sender",
      dmScope: dmScopeOf(session["dmScope"]),
      groupScope: session["groupScope"] === "main" ? "main" : "per-group",
      mainKey: text(session["mainKey"]) ?? "main",
    },
    messages: { ...messages, queue: section(messages, "queue") },
    logging: loggingOf(source, context.env),
    cron: { ...pass("cron"), enabled: pass("cron")["enabled"] !== false },
    tools: pass("tools"),
    commands: { native: "auto", nativeSkills: "auto", restart: true, ...pass("commands") },
    env: { vars: strings(section(pass("env"), "vars")) },
    channels: pass("channels"),
    bindings: Array.isArray(bindings) ? bindings : [],
    diagnostics: pass("diagnostics"),
    plugins: pass("plugins"),
    secrets: pass("secrets"),
    hooks: pass("hooks"),
    skills: pass("skills"),
    ui: pass("ui"),
    understudy: pass("understudy"),
  };
  return freezeDeep(config);
}

/** The number of runs at once that the reference allows when the file does not say. */
export function lanesDefault(): number {
  return Math.max(POLICY.runLanesMin, availableParallelism() * POLICY.runLanesPerCore);
}

function workspaceFolder(context: SettleContext): string {
  const named = said(context.env["OPENCLAW_WORKSPACE_DIR"]);
  return named === undefined ? path.join(context.stateDir, "workspace") : path.resolve(named);
}

function dmScopeOf(value: unknown): Config["session"]["dmScope"] {
  return value === "per-peer" || value === "per-channel-peer" || value === "per-account-channel-peer"
    ? value
    : "main";
}

async function optionalSecret(
  value: unknown,
  at: string,
  context: SettleContext,
): Promise<string | undefined> {
  try {
    return await resolveSecret(value, context);
  } catch (error) {
    context.onMissingSecret?.(at, error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

async function gatewayOf(context: SettleContext): Promise<GatewayConfig> {
  const { flags, env } = context;
  const gateway = section(context.source, "gateway");
  const http = section(gateway, "http");
  const endpoints = section(http, "endpoints");
  const endpoint = (name: string) => {
    const settings = section(endpoints, name);
    return { ...settings, enabled: settings["enabled"] === true };
  };
  const pairing = section(section(gateway, "nodes"), "pairing");
  const customBindHost = text(gateway["customBindHost"]);
  const publicOrigin = text(gateway["publicOrigin"]);
  return {
    ...gateway,
    port:
      flags.port ?? portFrom(env) ?? (typeof gateway["port"] === "number" ? gateway["port"] : PORT_DEFAULT),
    bind: flags.bind ?? bindOf(gateway["bind"]),
    ...(customBindHost === undefined ? {} : { customBindHost }),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    mode: gateway["mode"] === "remote" ? "remote" : "local",
    auth: await authOf(section(gateway, "auth"), context),
    trustedProxies: list(gateway["trustedProxies"]),
    allowRealIpFallback: gateway["allowRealIpFallback"] === true,
    controlUi: controlUiOf(section(gateway, "controlUi")),
    http: {
      endpoints: { chatCompletions: endpoint("chatCompletions"), responses: endpoint("responses") },
      securityHeaders: section(http, "securityHeaders"),
    },
    nodes: {
      ...section(gateway, "nodes"),
      pairing: {
        ...pairing,
        autoApproveLocal: pairing["autoApproveLocal"] !== false,
        autoApproveCidrs: list(pairing["autoApproveCidrs"]),
      },
      commands: section(section(gateway, "nodes"), "commands"),
    },
    reload: { mode: section(gateway, "reload")["mode"] === "off" ? "off" : "hybrid" },
    tools: section(gateway, "tools"),
  };
}

/** A port in the environment that is not one is passed over, as the reference does. */
function portFrom(env: Environment): number | undefined {
  const port = Number(said(env["OPENCLAW_GATEWAY_PORT"]));
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

function bindOf(value: unknown): GatewayConfig["bind"] {
  return value === "auto" || value === "lan" || value === "custom" || value === "tailnet"
    ? value
    : "loopback";
}

function controlUiOf(settings: JsonRecord): GatewayConfig["controlUi"] {
  const { environment, embedSandbox } = settings;
  const base = (text(settings["basePath"]) ?? "").replace(/^\/*/, "/").replace(/\/+$/, "");
  const { environment: _, ...rest } = settings;
  return {
    ...rest,
    ...(isRecord(environment)
      ? { environment: { label: String(environment["label"]), color: String(environment["color"]) } }
      : {}),
    enabled: settings["enabled"] !== false,
    basePath: base,
    allowedOrigins: list(settings["allowedOrigins"]),
    dangerouslyAllowHostHeaderOriginFallback: settings["dangerouslyAllowHostHeaderOriginFallback"] === true,
    dangerouslyDisableDeviceAuth: settings["dangerouslyDisableDeviceAuth"] === true,
    embedSandbox: embedSandbox === "strict" || embedSandbox === "trusted" ? embedSandbox : "scripts",
    allowExternalEmbedUrls: settings["allowExternalEmbedUrls"] === true,
  };
}

/**
 * Flags beat the file, the file beats the environment. With both secrets in the file and no mode the reference
 * refuses to guess, and so do we.
 */
async function authOf(auth: JsonRecord, context: SettleContext): Promise<GatewayConfig["auth"]> {
  const { flags, env } = context;
  const mode = flags.authMode ?? authModeOf(auth["mode"]);
  if (mode === undefined && auth["token"] !== undefined && auth["password"] !== undefined) {
    throw new StartBlockedError(
      "Invalid config: gateway.auth.token and gateway.auth.password are both configured, but gateway.auth.mode is unset. Set gateway.auth.mode to token or password.",
      { isRefusal: false },
    );
  }
  const password =
    flags.password ??
    (await resolveSecret(auth["password"], context)) ??
    said(env["OPENCLAW_GATEWAY_PASSWORD"]);
  const given =
    flags.token ?? (await resolveSecret(auth["token"], context)) ?? said(env["OPENCLAW_GATEWAY_TOKEN"]);
  const settled = mode ?? (password !== undefined && given === undefined ? "password" : "token");
  const token = given ?? (settled === "token" ? await context.ownToken?.() : undefined);
  if (settled === "password" && password === undefined) {
    throw new StartBlockedError(
      "Gateway auth is set to password, but no password is configured.\nSet gateway.auth.password (or OPENCLAW_GATEWAY_PASSWORD), or pass --password.",
      { isRefusal: true },
    );
  }
  if (settled === "trusted-proxy" && !isRecord(auth["trustedProxy"])) {
    throw new StartBlockedError(
      "gateway auth mode is trusted-proxy, but no trustedProxy config was provided (set gateway.auth.trustedProxy)",
      { isRefusal: false },
    );
  }
  // What is spread was held against the key space, which has exactly these members.
  const {
    token: _token,
    password: _password,
    mode: _mode,
    ...rest
  } = auth as GatewayConfig["auth"] & JsonRecord;
  return {
    ...rest,
    mode: settled,
    ...(token === undefined ? {} : { token }),
    ...(password === undefined ? {} : { password }),
  };
}

function authModeOf(value: unknown): GatewayConfig["auth"]["mode"] | undefined {
  return value === "none" || value === "token" || value === "password" || value === "trusted-proxy"
    ? value
    : undefined;
}

const LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

function levelOf(value: unknown): LoggingConfig["level"] | undefined {
  return LEVELS.find((level) => level === value);
}

function loggingOf(source: JsonRecord, env: Environment): LoggingConfig {
  const logging = section(source, "logging");
  const forced = levelOf(said(env["OPENCLAW_LOG_LEVEL"]));
  const consoleLevel = forced ?? levelOf(logging["consoleLevel"]);
  const file = text(logging["file"]);
  const maxFileBytes = logging["maxFileBytes"];
  const style = logging["consoleStyle"];
  return {
    level: forced ?? levelOf(logging["level"]) ?? "info",
    ...(consoleLevel === undefined ? {} : { consoleLevel }),
    ...(file === undefined ? {} : { file }),
    ...(typeof maxFileBytes === "number" ? { maxFileBytes } : {}),
    ...(style === "pretty" || style === "json" ? { consoleStyle: style } : {}),
    redactPatterns: list(logging["redactPatterns"]),
  };
}

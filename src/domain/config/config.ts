/** A JSON object whose members the gateway passes on without reading them. */
export type Opaque = Readonly<Record<string, unknown>>;

export interface GatewayAuthConfig {
  /** `token` unless the file, a flag or the kind of credential that was given says otherwise. */
  readonly mode: "none" | "token" | "password" | "trusted-proxy";
  /** The resolved secret: flag, environment, file, or the one that was made at the first start. */
  readonly token?: string;
  readonly password?: string;
  readonly allowTailscale?: boolean;
  readonly identityScopes?: Readonly<Record<string, readonly string[]>>;
  readonly rateLimit?: {
    readonly maxAttempts?: number;
    readonly windowMs?: number;
    readonly lockoutMs?: number;
    readonly exemptLoopback?: boolean;
  };
  readonly trustedProxy?: {
    readonly userHeader: string;
    readonly requiredHeaders?: readonly string[];
    readonly allowUsers?: readonly string[];
    readonly allowLoopback?: boolean;
    readonly deviceAutoApprove?: { readonly enabled?: boolean; readonly scopes?: readonly string[] };
  };
}

export interface ControlUiConfig {
  readonly enabled: boolean;
  /** Starts with a slash and does not end with one; the empty string is the root. */
  readonly basePath: string;
  readonly root?: string;
  readonly allowedOrigins: readonly string[];
  readonly dangerouslyAllowHostHeaderOriginFallback: boolean;
  readonly dangerouslyDisableDeviceAuth: boolean;
  readonly embedSandbox: "strict" | "scripts" | "trusted";
  readonly allowExternalEmbedUrls: boolean;
  readonly environment?: { readonly label: string; readonly color: string };
  readonly [key: string]: unknown;
}

export interface GatewayConfig {
  readonly mode?: "local" | "remote";
  readonly port: number;
  readonly bind: "auto" | "lan" | "loopback" | "custom" | "tailnet";
  readonly customBindHost?: string;
  readonly publicOrigin?: string;
  readonly auth: GatewayAuthConfig;
  readonly trustedProxies: readonly string[];
  readonly allowRealIpFallback: boolean;
  readonly controlUi: ControlUiConfig;
  readonly http: {
    readonly endpoints: {
      readonly chatCompletions: Opaque & { readonly enabled: boolean };
      readonly responses: Opaque & { readonly enabled: boolean };
    };
    readonly securityHeaders: { readonly strictTransportSecurity?: string | false };
  };
  readonly nodes: {
    readonly pairing: {
      readonly autoApproveLocal: boolean;
      readonly autoApproveCidrs: readonly string[];
      readonly sshVerify?: boolean | Opaque;
    };
    readonly commands: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
    readonly [key: string]: unknown;
  };
  readonly reload: { readonly mode: "off" | "hybrid" };
  readonly tools: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
  /** `gateway.roles`, `tls`, `remote`, `tailscale` … as the file has them. */
  readonly [key: string]: unknown;
}

/** `"provider/model"` in the file becomes `{ primary, fallbacks: [] }`. */
export interface ModelChoice {
  readonly primary: string;
  readonly fallbacks: readonly string[];
}

export interface AgentDefaults {
  readonly model: ModelChoice;
  /** Absolute; `~` is expanded. */
  readonly workspace: string;
  readonly thinkingDefault?: string;
  readonly verboseDefault?: string;
  readonly reasoningDefault?: string;
  readonly elevatedDefault?: string;
  readonly fastModeDefault?: boolean | "auto";
  readonly blockStreamingDefault?: "off" | "on";
  readonly timeoutSeconds?: number;
  readonly maxConcurrent: number;
  readonly models: Readonly<Record<string, Opaque>>;
  readonly [key: string]: unknown;
}

/** One agent of `agents.entries`; the record key is its id. */
export interface AgentEntry {
  readonly id: string;
  readonly default: boolean;
  readonly name?: string;
  readonly description?: string;
  readonly workspace?: string;
  readonly agentDir?: string;
  readonly model?: ModelChoice;
  readonly identity?: Opaque;
  readonly thinkingDefault?: string;
  readonly tools?: Opaque;
  readonly skills?: readonly string[];
  readonly [key: string]: unknown;
}

export interface ModelConfig {
  readonly id: string;
  readonly name: string;
  readonly api?: string;
  readonly baseUrl?: string;
  readonly reasoning: boolean;
  readonly input: readonly string[];
  readonly cost: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
  };
  readonly contextWindow: number;
  readonly contextTokens?: number;
  readonly maxTokens: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly compat?: Opaque;
  readonly params?: Opaque;
  readonly [key: string]: unknown;
}

export interface ProviderConfig {
  readonly baseUrl?: string;
  /** The resolved secret; absent when none is set or its reference could not be resolved. */
  readonly apiKey?: string;
  readonly api?: string;
  readonly auth?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly params?: Opaque;
  readonly models: readonly ModelConfig[];
  readonly [key: string]: unknown;
}

export type QueueMode = "steer" | "followup" | "collect" | "interrupt";

export interface LoggingConfig {
  readonly level: "silent" | "fatal" | "error" | "warn" | "info" | "debug" | "trace";
  readonly file?: string;
  readonly maxFileBytes?: number;
  readonly consoleLevel?: "silent" | "fatal" | "error" | "warn" | "info" | "debug" | "trace";
  readonly consoleStyle?: "pretty" | "json";
  readonly redactPatterns: readonly string[];
}

/**
 * The reference's `openclaw.json`, as far as the gateway honours it. Defaults are applied, so members that have
 * one are always present; secret references are resolved. Sections that are not read yet are kept as they are.
 */
export interface Config {
  readonly gateway: GatewayConfig;
  readonly agents: {
    readonly defaults: AgentDefaults;
    /** Never empty: without a roster in the file it is the one agent `main`. */
    readonly entries: readonly AgentEntry[];
  };
  readonly models: {
    readonly mode: "merge" | "replace";
    readonly providers: Readonly<Record<string, ProviderConfig>>;
  };
  readonly session: {
    readonly scope: "per-sender" | "global";
    readonly dmScope: "main" | "per-peer" | "per-channel-peer" | "per-account-channel-peer";
    readonly groupScope: "main" | "per-group";
    readonly mainKey: string;
    readonly resetTriggers?: readonly string[];
    readonly reset?: Opaque;
    readonly resetByType?: Opaque;
    readonly sharing?: Opaque;
    readonly maintenance?: Opaque;
    readonly [key: string]: unknown;
  };
  readonly messages: {
    readonly queue: {
      readonly mode?: QueueMode;
      readonly byChannel?: Readonly<Record<string, QueueMode>>;
      readonly cap?: number;
      readonly drop?: "old" | "new" | "summarize";
    };
    readonly responsePrefix?: string;
    readonly [key: string]: unknown;
  };
  readonly logging: LoggingConfig;
  readonly cron: Opaque & { readonly enabled: boolean };
  readonly tools: Opaque;
  readonly commands: Opaque;
  readonly env: { readonly vars: Readonly<Record<string, string>> };
  readonly channels: Opaque;
  readonly bindings: readonly unknown[];
  readonly diagnostics: Opaque;
  readonly plugins: Opaque;
  readonly secrets: Opaque;
  readonly hooks: Opaque;
  readonly skills: Opaque;
  readonly ui: Opaque;
  /** Our own settings. Opt-in requirements live here; nothing in it changes what a client sees by default. */
  readonly understudy: Opaque;
}

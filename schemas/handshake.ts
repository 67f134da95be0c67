import { type Static, Type } from "@sinclair/typebox";

const Text = (options = {}) => Type.String({ minLength: 1, ...options });

/** Programs that the reference knows by id. */
export const CLIENT_IDS = [
  "webchat-ui",
  "openclaw-control-ui",
  "openclaw-browser-copilot",
  "openclaw-tui",
  "webchat",
  "cli",
  "gateway-client",
  "openclaw-macos",
  "openclaw-linux",
  "openclaw-ios",
  "openclaw-watchos",
  "openclaw-android",
  "node-host",
  "openclaw-worker",
  "test",
  "fingerprint",
  "openclaw-probe",
] as const;

export const CLIENT_MODES = ["webchat", "cli", "ui", "backend", "node", "worker", "probe", "test"] as const;

const closed = { additionalProperties: false };

const Client = Type.Object(
  {
    id: Type.Unsafe<(typeof CLIENT_IDS)[number]>({ enum: CLIENT_IDS }),
    displayName: Type.Optional(Text()),
    version: Text(),
    buildId: Type.Optional(Text({ maxLength: 96 })),
    platform: Text(),
    deviceFamily: Type.Optional(Text()),
    modelIdentifier: Type.Optional(Text()),
    timeZone: Type.Optional(Text({ maxLength: 64 })),
    mode: Type.Unsafe<(typeof CLIENT_MODES)[number]>({ enum: CLIENT_MODES }),
    instanceId: Type.Optional(Text()),
  },
  closed,
);

const WorkerRuns = Type.Object(
  {
    bundleHash: Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-f0-9]{64}$" }),
    openclawVersion: Text({ maxLength: 128 }),
    protocolFeatures: Type.Array(Text({ maxLength: 128 }), { maxItems: 64, uniqueItems: true }),
    bundlePrewarm: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  },
  closed,
);

const ModelCatalog = Type.Union([
  Type.Object({ agentId: Type.Optional(Text()), sessionKey: Type.Optional(Text()) }, closed),
  Type.Object({ agentId: Type.Optional(Text()), shortId: Text(), slugHint: Type.Optional(Text()) }, closed),
]);

const Device = Type.Object(
  {
    id: Text(),
    publicKey: Text(),
    signature: Text(),
    signedAt: Type.Integer({ minimum: 0 }),
    nonce: Text(),
  },
  closed,
);

const Auth = Type.Object(
  {
    token: Type.Optional(Type.String()),
    bootstrapToken: Type.Optional(Type.String()),
    deviceToken: Type.Optional(Type.String()),
    password: Type.Optional(Type.String()),
    approvalRuntimeToken: Type.Optional(Type.String()),
    agentRuntimeIdentityToken: Type.Optional(Type.String()),
  },
  closed,
);

/** The params of `connect`. What they mean is decided by `src/auth`. */
export const ConnectParams = Type.Object(
  {
    minProtocol: Type.Integer({ minimum: 1 }),
    maxProtocol: Type.Integer({ minimum: 1 }),
    client: Client,
    caps: Type.Optional(Type.Array(Text())),
    commands: Type.Optional(Type.Array(Text())),
    computerUse: Type.Optional(Type.Unknown()),
    workerRuns: Type.Optional(WorkerRuns),
    permissions: Type.Optional(Type.Record(Type.String(), Type.Boolean())),
    pathEnv: Type.Optional(Type.String()),
    role: Type.Optional(Text()),
    scopes: Type.Optional(Type.Array(Text())),
    modelCatalog: Type.Optional(ModelCatalog),
    device: Type.Optional(Device),
    auth: Type.Optional(Auth),
    locale: Type.Optional(Type.String()),
    userAgent: Type.Optional(Type.String()),
  },
  closed,
);
export type ConnectParams = Static<typeof ConnectParams>;

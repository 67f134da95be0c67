import { z } from "zod";
import { Expect, Pointer } from "./expect-schema.ts";

const StepId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, "letters, digits, . _ + -");
const ConnectionName = z.string().regex(/^[a-z][a-z0-9-]*$/);
const TimeoutMs = z.int().min(1).max(120_000);

/** Ways to be wrong about one's device, each a case of its own. */
export const DEVICE_FAULTS = [
  "bad-signature",
  "zero-signature",
  "wrong-nonce",
  "blank-nonce",
  "no-nonce",
  "stale-signed-at",
  "future-signed-at",
  "id-key-mismatch",
  "unparsable-key",
  "signed-other-scopes",
  "signed-other-role",
  "signed-other-token",
] as const;

export const Device = z.strictObject({
  /** The key pair is derived from this word: the same seed is the same device, in every run. */
  seed: z.string().min(1),
  fault: z.enum(DEVICE_FAULTS).optional(),
  payloadVersion: z.enum(["v2", "v3"]).default("v3"),
  deviceFamily: z.string().optional(),
});

/** none = no auth at all, empty = { token: "" }, wrong = a token that is not the gateway's. */
export const Auth = z.union([
  z.enum(["token", "password", "none", "empty", "wrong", "wrong-password"]),
  z.strictObject({
    token: z.string().optional(),
    password: z.string().optional(),
    deviceToken: z.string().optional(),
    bootstrapToken: z.string().optional(),
  }),
]);

export const Connect = z.strictObject({
  role: z.string().nullable().default("operator"),
  /** Left out of the frame when not given. */
  scopes: z.array(z.string()).optional(),
  caps: z.array(z.string()).optional(),
  client: z
    .looseObject({ id: z.string().default("gateway-client"), mode: z.string().default("backend") })
    .default({ id: "gateway-client", mode: "backend" }),
  protocol: z.strictObject({ min: z.int(), max: z.int() }).default({ min: 4, max: 4 }),
  auth: Auth.default("token"),
  device: Device.optional(),
  /** More top-level params: commands, permissions, locale, userAgent ... */
  extra: z.record(z.string(), z.unknown()).optional(),
  /** The params exactly as given; everything above except headers and path is then ignored. */
  raw: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  path: z.string().default("/"),
  /** false: send connect without waiting for connect.challenge. */
  awaitChallenge: z.boolean().default(true),
});
export type Connect = z.infer<typeof Connect>;

const common = {
  /** Names the step in check ids; by default <n>-<verb or method>. Never reuse, never renumber. */
  id: StepId.optional(),
  as: ConnectionName.default("main"),
  expect: Expect.optional(),
  /** name -> pointer into what was received; used later as ${name}. */
  save: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), Pointer).optional(),
  timeoutMs: TimeoutMs.optional(),
  /** One-way comparison: a gateway stricter than the reference passes, a laxer one is critical. */
  security: z.literal("one-way").optional(),
  note: z.string().optional(),
};
const times = z.int().min(1).max(2000).optional();

const ConnectStep = z.strictObject({ ...common, connect: Connect, times });
/** Opens the socket and sends nothing; `connect` on the same name later uses it. */
const OpenStep = z.strictObject({
  ...common,
  open: z.strictObject({
    path: z.string().default("/"),
    headers: z.record(z.string(), z.string()).optional(),
    protocols: z.array(z.string()).optional(),
  }),
  times,
});
const CallStep = z.strictObject({
  ...common,
  call: z.string().min(1),
  params: z.unknown().optional(),
  /** Response frames that carry this request's id: `agent` answers twice. */
  frames: z.int().min(1).max(2).default(1),
  /** Do not wait: a later `settle` does. The answer is recorded under this step. */
  background: z.boolean().default(false),
  times,
  /** With times: send all before reading the first answer. */
  burst: z.boolean().default(false),
  /** More envelope keys: traceparent, expectedProfileId ... */
  frame: z.record(z.string(), z.unknown()).optional(),
});
const SettleStep = z.strictObject({ ...common, settle: z.array(StepId).min(1) });
const SendStep = z.strictObject({
  ...common,
  send: z.strictObject({
    text: z.string().optional(),
    json: z.unknown().optional(),
    /** Blanks are put after the text until the frame has exactly this many bytes. */
    padToBytes: z.int().min(1).max(32_000_000).optional(),
    binary: z.boolean().default(false),
  }),
  /** Response frames to wait for; 0 for input that must be ignored. */
  replies: z.int().min(0).max(100).default(1),
});
const WaitStep = z.strictObject({
  ...common,
  wait: z.strictObject({ event: z.string(), match: z.record(Pointer, z.unknown()).optional() }),
});
/** The event must not come for that long. */
const NeverStep = z.strictObject({
  ...common,
  never: z.strictObject({
    event: z.string(),
    match: z.record(Pointer, z.unknown()).optional(),
    forMs: z.int().min(1).max(5000).default(300),
  }),
});
const AwaitCloseStep = z.strictObject({ ...common, awaitClose: z.literal(true) });
/** cut: the socket is destroyed; close: the client says goodbye properly. */
const CutStep = z.strictObject({ ...common, cut: z.literal(true) });
const CloseStep = z.strictObject({
  ...common,
  close: z.strictObject({ code: z.int().default(1000), reason: z.string().default("") }),
});
const HttpStep = z.strictObject({
  ...common,
  http: z.strictObject({
    method: z.string().default("GET"),
    path: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Adds Authorization: Bearer; none by default. */
    auth: z.enum(["token", "wrong", "none"]).default("none"),
    /** A text is sent as it is, anything else as JSON. */
    body: z.unknown().optional(),
    /** Response headers that are compared, besides content-type. */
    compareHeaders: z.array(z.string()).optional(),
  }),
});
const QuietStep = z.strictObject({ ...common, quiet: z.int().min(1).max(5000) });
const GatewayStep = z.strictObject({
  ...common,
  /** restart = SIGTERM, wait for the exit, start, wait until ready; kill = SIGKILL. */
  gateway: z.enum(["restart", "stop", "kill", "start"]),
});
/** Writes openclaw.json of the running gateway: merged over the present one, or this very text. */
const WriteConfigStep = z.strictObject({
  ...common,
  writeConfig: z.strictObject({
    merge: z.record(z.string(), z.unknown()).optional(),
    text: z.string().optional(),
  }),
});
const WriteFilesStep = z.strictObject({ ...common, writeFiles: z.record(z.string(), z.string()) });
/** Reads a file below HOME: what a tool or the gateway left behind. Received: { exists, text }. */
const ReadFileStep = z.strictObject({ ...common, readFile: z.string() });
/** Lets a held provider reply go. */
const ReleaseStep = z.strictObject({ ...common, release: z.string() });
/**
 * A command of the reference's own, unmodified command line, in a HOME that knows this gateway. Received:
 * { exitCode, json, lines, complaint }. Such a scenario needs an installed reference to be played at all.
 */
const CliStep = z.strictObject({
  ...common,
  cli: z.strictObject({
    args: z.array(z.string()).min(1),
    /** JSON value by value; `shape` keeps keys and types only; `text` also the lines of what is not JSON. */
    show: z.enum(["json", "shape", "text"]).default("json"),
    /** `remote`: the gateway is one of another machine, whose files the command line cannot read. */
    mode: z.enum(["local", "remote"]).default("local"),
  }),
});
/** Waits until the provider was asked that often in this scenario. */
const AskedStep = z.strictObject({ ...common, asked: z.int().min(1).max(1000) });

/** One schema per verb: a step is read with the schema of the one verb it has. */
export const STEP_SCHEMAS = {
  connect: ConnectStep,
  open: OpenStep,
  call: CallStep,
  settle: SettleStep,
  send: SendStep,
  wait: WaitStep,
  never: NeverStep,
  awaitClose: AwaitCloseStep,
  cut: CutStep,
  close: CloseStep,
  http: HttpStep,
  quiet: QuietStep,
  gateway: GatewayStep,
  writeConfig: WriteConfigStep,
  writeFiles: WriteFilesStep,
  readFile: ReadFileStep,
  release: ReleaseStep,
  asked: AskedStep,
  cli: CliStep,
} as const;

export type Verb = keyof typeof STEP_SCHEMAS;
export const VERBS = Object.keys(STEP_SCHEMAS) as readonly Verb[];

type Tagged<V extends Verb> = z.infer<(typeof STEP_SCHEMAS)[V]> & { readonly verb: V; readonly id: string };
/** A checked step: its verb named, its id filled in. */
export type Step = { [V in Verb]: Tagged<V> }[Verb];
export type StepOf<V extends Verb> = Extract<Step, { verb: V }>;

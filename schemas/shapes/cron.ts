import { type TProperties, Type } from "@sinclair/typebox";

/** The latest moment a date can name. */
const DATE_MAX = 8_640_000_000_000_000;

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Visible = Type.String({ minLength: 1, pattern: "\\S" });
const Moment = Type.Integer({ minimum: 0, maximum: DATE_MAX });
const Count = Type.Integer({ minimum: 0 });
const orNull = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const CronLabel = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });

/** Jobs are named by `id`, or by `jobId` as older clients do; each method takes one or the other. */
export function jobParams<const P extends TProperties>(more: P) {
  return Type.Union([
    Type.Object({ id: Text, ...more }, closed),
    Type.Object({ jobId: Text, ...more }, closed),
  ]);
}

export const CronSchedule = Type.Union([
  Type.Object({ kind: Type.Literal("at"), at: Text }, closed),
  Type.Object(
    {
      kind: Type.Literal("every"),
      everyMs: Type.Integer({ minimum: 1, maximum: DATE_MAX }),
      anchorMs: Type.Optional(Moment),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("cron"),
      expr: Text,
      tz: Type.Optional(Type.String()),
      staggerMs: Type.Optional(Moment),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal("on-exit"), command: Text, cwd: Type.Optional(Text) }, closed),
  Type.Object(
    {
      kind: Type.Literal("stream"),
      command: Type.Array(Text, { minItems: 1 }),
      cwd: Type.Optional(Text),
      mode: Type.Optional(Type.Union([Type.Literal("line"), Type.Literal("match")])),
      match: Type.Optional(Type.String()),
      batchMs: Type.Optional(Type.Integer()),
      maxBatchBytes: Type.Optional(Type.Integer()),
    },
    closed,
  ),
]);

export const CronPacing = Type.Object({ min: Type.Optional(Visible), max: Type.Optional(Visible) }, closed);
export const CronTrigger = Type.Object(
  { script: Type.String({ minLength: 1, maxLength: 65_536 }), once: Type.Optional(Type.Boolean()) },
  closed,
);
export const CronSessionTarget = Type.Union([
  Type.Literal("main"),
  Type.Literal("isolated"),
  Type.Literal("current"),
  Type.String({ pattern: "^session:.+" }),
]);
export const CronWakeMode = Type.Union([Type.Literal("next-heartbeat"), Type.Literal("now")]);

const Tools = Type.Optional(Type.Array(Type.String()));
const toolRules = { toolsAllow: Tools, toolsAllowIsDefault: Type.Optional(Type.Boolean()) };
const toolRulePatch = {
  toolsAllow: orNull(Type.Array(Type.String())),
  toolsAllowIsDefault: Type.Optional(Type.Boolean()),
};
const Environment = Type.Optional(
  Type.Unsafe<Record<string, string>>({ type: "object", patternProperties: { "^.*$": { type: "string" } } }),
);
const Script = Type.String({ minLength: 1, maxLength: 65_536 });

export const CronPayload = Type.Union([
  Type.Object({ kind: Type.Literal("systemEvent"), text: Text, ...toolRules }, closed),
  Type.Object(
    {
      kind: Type.Literal("agentTurn"),
      message: Text,
      model: Type.Optional(Type.String()),
      fallbacks: Tools,
      thinking: Type.Optional(Type.String()),
      timeoutSeconds: Type.Optional(Type.Number({ minimum: 0 })),
      allowUnsafeExternalContent: Type.Optional(Type.Boolean()),
      lightContext: Type.Optional(Type.Boolean()),
      ...toolRules,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("command"),
      argv: Type.Array(Text, { minItems: 1 }),
      cwd: Type.Optional(Text),
      env: Environment,
      input: Type.Optional(Type.String()),
      timeoutSeconds: Type.Optional(Type.Number({ minimum: 0 })),
      noOutputTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0 })),
      outputMaxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
      ...toolRules,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("script"),
      script: Script,
      timeoutSeconds: Type.Optional(Type.Number({ minimum: 1 })),
      toolBudget: Type.Optional(Type.Integer({ minimum: 1 })),
      ...toolRules,
    },
    closed,
  ),
]);

export const CronPayloadPatch = Type.Union([
  Type.Object({ kind: Type.Literal("systemEvent"), text: Type.Optional(Text), ...toolRulePatch }, closed),
  Type.Object(
    {
      kind: Type.Literal("agentTurn"),
      message: Type.Optional(Text),
      model: orNull(Type.String()),
      fallbacks: orNull(Type.Array(Type.String())),
      thinking: orNull(Type.String()),
      timeoutSeconds: orNull(Type.Number({ minimum: 0 })),
      allowUnsafeExternalContent: Type.Optional(Type.Boolean()),
      lightContext: Type.Optional(Type.Boolean()),
      ...toolRulePatch,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("command"),
      argv: Type.Optional(Type.Array(Text, { minItems: 1 })),
      cwd: Type.Optional(Text),
      env: Environment,
      input: Type.Optional(Type.String()),
      timeoutSeconds: orNull(Type.Number({ minimum: 0 })),
      noOutputTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0 })),
      outputMaxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
      ...toolRulePatch,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("script"),
      script: Type.Optional(Script),
      timeoutSeconds: orNull(Type.Number({ minimum: 1 })),
      toolBudget: Type.Optional(Type.Integer({ minimum: 1 })),
      ...toolRulePatch,
    },
    closed,
  ),
]);

const Channel = Type.Union([Type.Literal("last"), Visible]);
const AlertMode = Type.Union([Type.Literal("announce"), Type.Literal("webhook")]);
const Webhook = Type.Object({ mode: Type.Literal("webhook"), to: Visible }, closed);
const deliveryShared = {
  channel: Type.Optional(Channel),
  threadId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  accountId: Type.Optional(Text),
  bestEffort: Type.Optional(Type.Boolean()),
  failureDestination: Type.Optional(
    Type.Object(
      {
        channel: Type.Optional(Channel),
        to: Type.Optional(Visible),
        accountId: Type.Optional(Text),
        mode: Type.Optional(AlertMode),
      },
      closed,
    ),
  ),
};

export const CronDelivery = Type.Union([
  Type.Object({ mode: Type.Literal("none"), ...deliveryShared, to: Type.Optional(Visible) }, closed),
  Type.Object(
    {
      mode: Type.Literal("announce"),
      ...deliveryShared,
      completionDestination: Type.Optional(Webhook),
      to: Type.Optional(Visible),
    },
    closed,
  ),
  Type.Object({ mode: Type.Literal("webhook"), ...deliveryShared, to: Visible }, closed),
]);

export const CronDeliveryPatch = Type.Object(
  {
    mode: Type.Optional(
      Type.Union([Type.Literal("none"), Type.Literal("announce"), Type.Literal("webhook")]),
    ),
    channel: orNull(Channel),
    threadId: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
    accountId: orNull(Text),
    bestEffort: Type.Optional(Type.Boolean()),
    failureDestination: orNull(
      Type.Object(
        {
          channel: orNull(Channel),
          to: orNull(Visible),
          accountId: orNull(Text),
          mode: Type.Optional(Type.Union([Type.Literal("announce"), Type.Literal("webhook"), Type.Null()])),
        },
        closed,
      ),
    ),
    completionDestination: orNull(Webhook),
    to: orNull(Visible),
  },
  closed,
);

const No = Type.Unsafe<false>({ type: "boolean", const: false });

export const CronFailureAlert = Type.Union([
  No,
  Type.Object(
    {
      after: Type.Optional(Type.Integer({ minimum: 1 })),
      channel: Type.Optional(Channel),
      to: Type.Optional(Visible),
      cooldownMs: Type.Optional(Count),
      includeSkipped: Type.Optional(Type.Boolean()),
      mode: Type.Optional(AlertMode),
      accountId: Type.Optional(Text),
    },
    closed,
  ),
]);

export const CronFailureAlertPatch = Type.Union([
  No,
  Type.Object(
    {
      after: orNull(Type.Integer({ minimum: 1 })),
      channel: orNull(Channel),
      to: orNull(Visible),
      cooldownMs: orNull(Count),
      includeSkipped: orNull(Type.Boolean()),
      mode: Type.Optional(Type.Union([Type.Literal("announce"), Type.Literal("webhook"), Type.Null()])),
      accountId: orNull(Text),
    },
    closed,
  ),
  Type.Null(),
]);

const RunStatus = Type.Union([Type.Literal("ok"), Type.Literal("error"), Type.Literal("skipped")]);
const DeliveryStatus = Type.Union([
  Type.Literal("delivered"),
  Type.Literal("not-delivered"),
  Type.Literal("unknown"),
  Type.Literal("not-requested"),
]);

/** What a job remembers between runs. All of it can be set from outside, so that a store can be moved. */
export const CronState = Type.Object(
  {
    nextRunAtMs: Type.Optional(Moment),
    runningAtMs: Type.Optional(Moment),
    lastRunAtMs: Type.Optional(Moment),
    lastRunStatus: Type.Optional(RunStatus),
    lastStatus: Type.Optional(
      Type.Unsafe<"ok" | "error" | "skipped">({ anyOf: RunStatus.anyOf, deprecated: true }),
    ),
    lastError: Type.Optional(Type.String()),
    lastErrorReason: Type.Optional(
      Type.Union([
        Type.Literal("auth"),
        Type.Literal("auth_permanent"),
        Type.Literal("format"),
        Type.Literal("rate_limit"),
        Type.Literal("overloaded"),
        Type.Literal("billing"),
        Type.Literal("server_error"),
        Type.Literal("timeout"),
        Type.Literal("tls_certificate"),
        Type.Literal("context_overflow"),
        Type.Literal("model_not_found"),
        Type.Literal("session_expired"),
        Type.Literal("empty_response"),
        Type.Literal("no_error_details"),
        Type.Literal("unclassified"),
        Type.Literal("unknown"),
      ]),
    ),
    lastDurationMs: Type.Optional(Count),
    consecutiveErrors: Type.Optional(Count),
    consecutiveSkipped: Type.Optional(Count),
    lastDelivered: Type.Optional(Type.Boolean()),
    lastDeliveryStatus: Type.Optional(DeliveryStatus),
    lastDeliveryError: Type.Optional(Type.String()),
    lastFailureNotificationDelivered: Type.Optional(Type.Boolean()),
    lastFailureNotificationDeliveryStatus: Type.Optional(DeliveryStatus),
    lastFailureNotificationDeliveryError: Type.Optional(Type.String()),
    lastFailureAlertAtMs: Type.Optional(Moment),
    lastTriggerEvalAtMs: Type.Optional(Moment),
    triggerEvalCount: Type.Optional(Count),
    lastTriggerFireAtMs: Type.Optional(Moment),
    triggerState: Type.Optional(Type.Unknown()),
    streamStatus: Type.Optional(
      Type.Union([
        Type.Literal("starting"),
        Type.Literal("running"),
        Type.Literal("restarting"),
        Type.Literal("stopped"),
        Type.Literal("disabled"),
        Type.Literal("error"),
      ]),
    ),
    streamError: Type.Optional(Type.String()),
    streamConsecutiveFailures: Type.Optional(Count),
    streamRestartExhausted: Type.Optional(Type.Boolean()),
    streamDroppedBatches: Type.Optional(Count),
    streamCoalescedBatches: Type.Optional(Count),
    streamLastStartedAtMs: Type.Optional(Moment),
    streamLastExitAtMs: Type.Optional(Moment),
  },
  closed,
);

/** A job on the wire: what was asked for, with what the gateway added. */
export const CronJobView = Type.Record(Type.String(), Type.Unknown());

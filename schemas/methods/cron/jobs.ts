import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import {
  CronDelivery,
  CronDeliveryPatch,
  CronFailureAlert,
  CronFailureAlertPatch,
  CronJobView,
  CronLabel,
  CronPacing,
  CronPayload,
  CronPayloadPatch,
  CronSchedule,
  CronSessionTarget,
  CronState,
  CronTrigger,
  CronWakeMode,
  jobParams,
} from "../../shapes/cron.ts";

const Text = Type.String({ minLength: 1 });
const closed = { additionalProperties: false } as const;

export const cronAdd = contract({
  method: "cron.add",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      name: Text,
      declarationKey: Type.Optional(CronLabel),
      displayName: Type.Optional(CronLabel),
      owner: Type.Optional(
        Type.Object(
          {
            agentId: Type.Optional(Text),
            sessionKey: Type.Optional(Text),
            accountId: Type.Optional(Text),
          },
          closed,
        ),
      ),
      agentId: Type.Optional(Type.Union([Text, Type.Null()])),
      sessionKey: Type.Optional(Type.Union([Text, Type.Null()])),
      description: Type.Optional(Type.String()),
      enabled: Type.Optional(Type.Boolean()),
      deleteAfterRun: Type.Optional(Type.Boolean()),
      schedule: CronSchedule,
      pacing: Type.Optional(CronPacing),
      trigger: Type.Optional(CronTrigger),
      sessionTarget: CronSessionTarget,
      wakeMode: CronWakeMode,
      payload: CronPayload,
      delivery: Type.Optional(CronDelivery),
      failureAlert: Type.Optional(CronFailureAlert),
    },
    closed,
  ),
  result: CronJobView,
});

export const CronPatch = Type.Object(
  {
    name: Type.Optional(Text),
    displayName: Type.Optional(Type.Union([CronLabel, Type.Null()])),
    agentId: Type.Optional(Type.Union([Text, Type.Null()])),
    sessionKey: Type.Optional(Type.Union([Text, Type.Null()])),
    description: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.Boolean()),
    deleteAfterRun: Type.Optional(Type.Boolean()),
    schedule: Type.Optional(CronSchedule),
    pacing: Type.Optional(Type.Union([CronPacing, Type.Null()])),
    trigger: Type.Optional(Type.Union([CronTrigger, Type.Null()])),
    sessionTarget: Type.Optional(CronSessionTarget),
    wakeMode: Type.Optional(CronWakeMode),
    payload: Type.Optional(CronPayloadPatch),
    delivery: Type.Optional(CronDeliveryPatch),
    failureAlert: Type.Optional(CronFailureAlertPatch),
    state: Type.Optional(CronState),
  },
  closed,
);

export const cronUpdate = contract({
  method: "cron.update",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: jobParams({
    patch: CronPatch,
    expectedConfigRevision: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  }),
  result: CronJobView,
});

export const cronGet = contract({
  method: "cron.get",
  access: "operator.read",
  sideEffects: false,
  params: jobParams({}),
  result: CronJobView,
});

export const cronList = contract({
  method: "cron.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Text),
      sessionAgentId: Type.Optional(Text),
      includeDisabled: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      offset: Type.Optional(Type.Integer({ minimum: 0 })),
      query: Type.Optional(Type.String()),
      enabled: Type.Optional(
        Type.Union([Type.Literal("all"), Type.Literal("enabled"), Type.Literal("disabled")]),
      ),
      scheduleKind: Type.Optional(
        Type.Union([
          Type.Literal("all"),
          Type.Literal("at"),
          Type.Literal("every"),
          Type.Literal("cron"),
          Type.Literal("on-exit"),
          Type.Literal("stream"),
        ]),
      ),
      lastRunStatus: Type.Optional(
        Type.Union([
          Type.Literal("all"),
          Type.Literal("ok"),
          Type.Literal("error"),
          Type.Literal("skipped"),
          Type.Literal("unknown"),
        ]),
      ),
      trigger: Type.Optional(
        Type.Union([Type.Literal("all"), Type.Literal("conditional"), Type.Literal("unconditional")]),
      ),
      sortBy: Type.Optional(
        Type.Union([Type.Literal("nextRunAtMs"), Type.Literal("updatedAtMs"), Type.Literal("name")]),
      ),
      sortDir: Type.Optional(Type.Union([Type.Literal("asc"), Type.Literal("desc")])),
      agentId: Type.Optional(Text),
      compact: Type.Optional(Type.Boolean()),
      includeDeliveryPreviews: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});

export const cronRemove = contract({
  method: "cron.remove",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: jobParams({}),
  result: Type.Object({ ok: Type.Boolean(), removed: Type.Boolean() }),
});

export const cronStatus = contract({
  method: "cron.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, closed),
  result: Type.Record(Type.String(), Type.Unknown()),
});

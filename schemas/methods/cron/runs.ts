import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { jobParams } from "../../shapes/cron.ts";

const Text = Type.String({ minLength: 1 });
const FileSafe = Type.String({ minLength: 1, pattern: "^[^/\\\\]+$" });
const DeliveryStatus = Type.Union([
  Type.Literal("delivered"),
  Type.Literal("not-delivered"),
  Type.Literal("unknown"),
  Type.Literal("not-requested"),
]);

export const cronRun = contract({
  method: "cron.run",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: jobParams({
    mode: Type.Optional(Type.Union([Type.Literal("due"), Type.Literal("force"), Type.Literal("if-enabled")])),
    expectedProcessInstanceId: Type.Optional(Text),
  }),
  result: Type.Object({
    ok: Type.Boolean(),
    processInstanceId: Type.String(),
    enqueued: Type.Optional(Type.Boolean()),
    runId: Type.Optional(Type.String()),
    ran: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.String()),
  }),
});

export const cronRuns = contract({
  method: "cron.runs",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Text),
      scope: Type.Optional(Type.Union([Type.Literal("job"), Type.Literal("all")])),
      id: Type.Optional(FileSafe),
      jobId: Type.Optional(FileSafe),
      runId: Type.Optional(Text),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      offset: Type.Optional(Type.Integer({ minimum: 0 })),
      statuses: Type.Optional(
        Type.Array(Type.Union([Type.Literal("ok"), Type.Literal("error"), Type.Literal("skipped")]), {
          minItems: 1,
          maxItems: 3,
        }),
      ),
      status: Type.Optional(
        Type.Union([Type.Literal("all"), Type.Literal("ok"), Type.Literal("error"), Type.Literal("skipped")]),
      ),
      deliveryStatuses: Type.Optional(Type.Array(DeliveryStatus, { minItems: 1, maxItems: 4 })),
      deliveryStatus: Type.Optional(DeliveryStatus),
      query: Type.Optional(Type.String()),
      sortDir: Type.Optional(Type.Union([Type.Literal("asc"), Type.Literal("desc")])),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    entries: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    total: Type.Integer(),
    offset: Type.Integer(),
    limit: Type.Integer(),
    hasMore: Type.Boolean(),
    nextOffset: Type.Union([Type.Integer(), Type.Null()]),
  }),
});

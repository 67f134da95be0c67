import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Schedule = Type.Object({
  channel: Type.String(),
  autoEnabled: Type.Boolean(),
  install: Type.Optional(Type.Object({ kind: Type.String() })),
});
const Run = Type.Intersect([
  Type.Object({ runId: Type.String(), phase: Type.String(), status: Type.String() }),
  Type.Record(Type.String(), Type.Unknown()),
]);

export const updateStatus = contract({
  method: "update.status",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object({ refreshCheckout: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  result: Type.Object({
    effectiveChannel: Type.String(),
    schedule: Type.Optional(Schedule),
    sentinel: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
    lastRun: Type.Optional(Run),
    updateAvailable: Type.Null(),
  }),
});

export const updateHold = contract({
  method: "update.hold",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ ok: Type.Boolean(), schedule: Schedule }),
});

export const updateRunsList = contract({
  method: "update.runs.list",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ runs: Type.Array(Run) }),
});

export const updateRunsGet = contract({
  method: "update.runs.get",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    {
      runId: Type.String({
        pattern:
          "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$",
      }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ run: Type.Union([Run, Type.Null()]) }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Id = Type.String({ minLength: 1, maxLength: 128, pattern: "\\S" });
const closed = { additionalProperties: false } as const;
const activity = {
  activeCount: Type.Optional(Type.Integer()),
  blockers: Type.Optional(
    Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer(), message: Type.String() })),
  ),
  retryAfterMs: Type.Optional(Type.Integer()),
  writeCustody: Type.Optional(Type.Array(Type.Unknown())),
};

export const gatewaySuspendPrepare = contract({
  method: "gateway.suspend.prepare",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  isTerse: true,
  params: Type.Object(
    {
      requestId: Id,
      terminalPolicy: Type.Optional(Type.Union([Type.Literal("preserve"), Type.Literal("terminate")])),
      drain: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  result: Type.Object({
    status: Type.String(),
    reason: Type.Optional(Type.String()),
    suspensionId: Type.Optional(Type.String()),
    expiresAtMs: Type.Optional(Type.Integer()),
    ...activity,
  }),
});

export const gatewaySuspendStatus = contract({
  method: "gateway.suspend.status",
  access: "operator.read",
  sideEffects: false,
  isTerse: true,
  params: Type.Object({ suspensionId: Id }, closed),
  result: Type.Object({ status: Type.String(), expiresAtMs: Type.Optional(Type.Integer()), ...activity }),
});

export const gatewaySuspendResume = contract({
  method: "gateway.suspend.resume",
  access: "operator.admin",
  sideEffects: true,
  isTerse: true,
  params: Type.Object({ suspensionId: Id }, closed),
  result: Type.Object({ ok: Type.Boolean(), status: Type.String(), resumed: Type.Boolean() }),
});

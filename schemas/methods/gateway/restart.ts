import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Preflight = Type.Object({
  safe: Type.Boolean(),
  summary: Type.String(),
  counts: Type.Record(Type.String(), Type.Integer()),
  blockers: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer(), message: Type.String() })),
});

export const gatewayRestartPreflight = contract({
  method: "gateway.restart.preflight",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Preflight,
});

export const gatewayRestartRequest = contract({
  method: "gateway.restart.request",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: null,
  result: Type.Object({
    ok: Type.Literal(true),
    status: Type.String(),
    preflight: Preflight,
    restart: Type.Object({
      ok: Type.Literal(true),
      pid: Type.Integer(),
      signal: Type.String(),
      reason: Type.String(),
      mode: Type.String(),
      cooldownMsApplied: Type.Integer(),
      delayMs: Type.Integer(),
      coalesced: Type.Boolean(),
      emitHooksQueued: Type.Boolean(),
    }),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const gatewayRestartPreflight = contract({
  method: "gateway.restart.preflight",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    safe: Type.Boolean(),
    summary: Type.String(),
    counts: Type.Record(Type.String(), Type.Integer()),
    blockers: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer(), message: Type.String() })),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const migrationsMemoryPlan = contract({
  method: "migrations.memory.plan",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { agentId: Type.String({ minLength: 1 }), overwrite: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    workspace: Type.String(),
    providers: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  }),
});

export const migrationsMemoryApply = contract({
  method: "migrations.memory.apply",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      idempotencyKey: Type.String({ minLength: 1 }),
      agentId: Type.String({ minLength: 1 }),
      providerId: Type.String({ minLength: 1 }),
      planFingerprint: Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-f0-9]{64}$" }),
      itemIds: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true, maxItems: 2000 }),
      overwrite: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Status = Type.Union([
  Type.Literal("ok"),
  Type.Literal("auth"),
  Type.Literal("rate_limit"),
  Type.Literal("billing"),
  Type.Literal("timeout"),
  Type.Literal("format"),
  Type.Literal("unknown"),
  Type.Literal("no_model"),
]);

const Target = Type.Object({
  profileId: Type.Optional(Type.String()),
  label: Type.String(),
  status: Status,
  latencyMs: Type.Optional(Type.Integer({ minimum: 0 })),
  error: Type.Optional(Type.String()),
});

export const modelsProbe = contract({
  method: "models.probe",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      provider: Type.String({ minLength: 1 }),
      profileId: Type.Optional(Type.String({ minLength: 1 })),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
      agentId: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    provider: Type.String(),
    status: Status,
    latencyMs: Type.Optional(Type.Integer({ minimum: 0 })),
    error: Type.Optional(Type.String()),
    results: Type.Array(Target),
  }),
});

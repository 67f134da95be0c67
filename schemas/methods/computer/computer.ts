import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { oneOf } from "../../shapes/literals.ts";

export const computerStatus = contract({
  method: "computer.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ configured: Type.Boolean(), available: Type.Boolean() }),
});

export const computerInvoke = contract({
  method: "computer.invoke",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      command: oneOf("screen.snapshot", "computer.act"),
      params: Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
      generation: Type.String({ minLength: 1 }),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

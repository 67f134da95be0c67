import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const deviceScopesRequestUpgrade = contract({
  method: "device.scopes.requestUpgrade",
  access: "none",
  sideEffects: true,
  params: Type.Object(
    { scopes: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ requestId: Type.String() }),
});

export const deviceScopesWaitUpgrade = contract({
  method: "device.scopes.waitUpgrade",
  access: "none",
  sideEffects: false,
  params: Type.Object({ requestId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Union([
    Type.Object({ status: Type.Literal("rejected"), requestId: Type.String() }),
    Type.Object({
      status: Type.Literal("approved"),
      requestId: Type.String(),
      deviceToken: Type.String(),
      scopes: Type.Array(Type.String()),
    }),
  ]),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const deviceTokenRotate = contract({
  method: "device.token.rotate",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    {
      deviceId: Type.String({ minLength: 1 }),
      role: Type.String({ minLength: 1 }),
      scopes: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    deviceId: Type.String(),
    role: Type.String(),
    token: Type.Optional(Type.String()),
    scopes: Type.Array(Type.String()),
    rotatedAtMs: Type.Integer(),
    tokenDelivery: Type.Union([Type.Literal("in-band"), Type.Literal("withheld-cross-device")]),
  }),
});

export const deviceTokenRevoke = contract({
  method: "device.token.revoke",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    { deviceId: Type.String({ minLength: 1 }), role: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ deviceId: Type.String(), role: Type.String(), revokedAtMs: Type.Integer() }),
});

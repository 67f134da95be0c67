import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Text = Type.String();

export const devicePairSetupCode = contract({
  method: "device.pair.setupCode",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      publicUrl: Type.Optional(Type.String({ minLength: 1 })),
      preferRemoteUrl: Type.Optional(Type.Boolean()),
      includeQr: Type.Optional(Type.Boolean()),
      bootstrapProfile: Type.Optional(
        Type.Unsafe<"limited" | "node" | "voice-node">({
          type: "string",
          enum: ["limited", "node", "voice-node"],
        }),
      ),
      joinUrl: Type.Optional(Type.Unsafe<true>({ type: "boolean", const: true })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    setupId: Text,
    expiresAtMs: Type.Integer(),
    setupCode: Text,
    qrDataUrl: Type.Optional(Text),
    joinUrl: Type.Optional(Text),
    gatewayUrl: Text,
    auth: Text,
    urlSource: Text,
    access: Text,
    accessDowngraded: Type.Optional(Type.Boolean()),
  }),
});

export const devicePairSetupStatus = contract({
  method: "device.pair.setupStatus",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    { setupId: Type.String({ minLength: 1, maxLength: 128 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    completion: Type.Optional(
      Type.Object({
        setupId: Text,
        deviceId: Text,
        deviceName: Type.Optional(Text),
        access: Text,
        ts: Type.Integer(),
      }),
    ),
  }),
});

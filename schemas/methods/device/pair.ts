import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { PairedDeviceRow, PairingRequestRow } from "../../shapes/device.ts";

export const devicePairList = contract({
  method: "device.pair.list",
  access: "operator.pairing",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ pending: Type.Array(PairingRequestRow), paired: Type.Array(PairedDeviceRow) }),
});

export const devicePairApprove = contract({
  method: "device.pair.approve",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ requestId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ requestId: Type.String(), device: PairedDeviceRow }),
});

export const devicePairReject = contract({
  method: "device.pair.reject",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ requestId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ requestId: Type.String(), deviceId: Type.String() }),
});

export const devicePairRemove = contract({
  method: "device.pair.remove",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ deviceId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ deviceId: Type.String() }),
});

export const devicePairRename = contract({
  method: "device.pair.rename",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    { deviceId: Type.String({ minLength: 1 }), label: Type.String({ minLength: 1, maxLength: 64 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ deviceId: Type.String(), label: Type.String() }),
});

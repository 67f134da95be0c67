import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const channelsPairingList = contract({
  method: "channels.pairing.list",
  access: "operator.pairing",
  sideEffects: false,
  params: Type.Object(
    {
      channel: Type.Optional(Type.String({ minLength: 1 })),
      accountId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    accounts: Type.Array(Type.Unknown()),
    requests: Type.Array(Type.Unknown()),
    commandOwnerConfigured: Type.Boolean(),
    limits: Type.Object({ pendingPerAccount: Type.Integer(), ttlMs: Type.Integer() }),
  }),
});

export const channelsPairingApprove = contract({
  method: "channels.pairing.approve",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    {
      channel: Type.String({ minLength: 1 }),
      accountId: Type.String({ minLength: 1 }),
      requestId: Type.String({ minLength: 1 }),
      notify: Type.Optional(Type.Boolean()),
      bootstrapCommandOwner: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const channelsPairingDismiss = contract({
  method: "channels.pairing.dismiss",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    {
      channel: Type.String({ minLength: 1 }),
      accountId: Type.String({ minLength: 1 }),
      requestId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

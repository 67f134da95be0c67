import { Type } from "@sinclair/typebox";

const Text = Type.String();
const Texts = Type.Array(Text);
const Time = Type.Integer();

const described = {
  displayName: Type.Optional(Text),
  platform: Text,
  deviceFamily: Type.Optional(Text),
  clientId: Text,
  clientMode: Text,
  role: Text,
  roles: Texts,
  scopes: Texts,
  remoteIp: Type.Optional(Text),
};

/** A device that waits for approval. */
export const PairingRequestRow = Type.Object({
  requestId: Text,
  deviceId: Text,
  publicKey: Text,
  ...described,
  silent: Type.Boolean(),
  isRepair: Type.Boolean(),
  ts: Time,
});

/** What is told about a token: never the token. */
export const DeviceTokenRow = Type.Object({
  role: Text,
  scopes: Texts,
  createdAtMs: Time,
  rotatedAtMs: Type.Optional(Time),
  revokedAtMs: Type.Optional(Time),
  lastUsedAtMs: Type.Optional(Time),
});

export const PairedDeviceRow = Type.Object({
  deviceId: Text,
  publicKey: Text,
  operatorLabel: Type.Optional(Text),
  ...described,
  approvedVia: Type.Optional(Text),
  createdAtMs: Time,
  approvedAtMs: Time,
  lastSeenAtMs: Type.Optional(Time),
  lastSeenReason: Type.Optional(Text),
  connected: Type.Optional(Type.Boolean()),
  tokens: Type.Array(DeviceTokenRow),
});

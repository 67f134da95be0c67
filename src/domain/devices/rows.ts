import type { DeviceToken, PairedDevice, PairingRequest } from "./record.ts";

/** A paired device as clients see it: the hash and the salt of a token stay here. */
export function deviceRow(device: PairedDevice, isConnected?: boolean) {
  const { tokens, lastSeenAtMs, lastSeenReason, approvedAtMs, createdAtMs, approvedVia, ...rest } = device;
  return {
    ...rest,
    roles: [...device.roles],
    scopes: [...device.scopes],
    approvedVia,
    createdAtMs,
    approvedAtMs,
    ...(lastSeenAtMs === undefined ? {} : { lastSeenAtMs, lastSeenReason: lastSeenReason ?? "connect" }),
    ...(isConnected === undefined ? {} : { connected: isConnected }),
    tokens: tokens.map(tokenRow),
  };
}

function tokenRow({ hash: _, salt: __, ...row }: DeviceToken) {
  return { ...row, scopes: [...row.scopes] };
}

export function requestRow(request: PairingRequest) {
  return { ...request, roles: [...request.roles], scopes: [...request.scopes] };
}

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

function tokenRow(token: DeviceToken) {
  const { role, scopes, createdAtMs, rotatedAtMs, revokedAtMs, lastUsedAtMs } = token;
  return {
    role,
    scopes: [...scopes],
    createdAtMs,
    ...(rotatedAtMs === undefined ? {} : { rotatedAtMs }),
    ...(revokedAtMs === undefined ? {} : { revokedAtMs }),
    ...(lastUsedAtMs === undefined ? {} : { lastUsedAtMs }),
  };
}

export function requestRow(request: PairingRequest) {
  return { ...request, roles: [...request.roles], scopes: [...request.scopes] };
}

import type { ConnectParams } from "../../schemas/handshake.ts";
import type { Accepted, Peer } from "../auth/admission.ts";
import type { Caller } from "../methods/method.ts";

/** Who the peer is from now on, as the handshake settled it. */
export function callerOf(connId: string, params: ConnectParams, admission: Accepted, peer: Peer): Caller {
  const { id, mode, version, platform, displayName, instanceId, deviceFamily, modelIdentifier } =
    params.client;
  return {
    connId,
    role: admission.role,
    scopes: admission.scopes,
    caps: params.caps ?? [],
    client: {
      id,
      mode,
      version,
      platform,
      ...(displayName === undefined ? {} : { displayName }),
      ...(instanceId === undefined ? {} : { instanceId }),
      ...(deviceFamily === undefined ? {} : { deviceFamily }),
      ...(modelIdentifier === undefined ? {} : { modelIdentifier }),
    },
    ...(admission.deviceId === undefined ? {} : { deviceId: admission.deviceId }),
    authMethod: admission.method,
    address: peer.address,
    isLoopback: peer.isLoopback,
    topics: new Set(),
  };
}

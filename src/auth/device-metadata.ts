import type { ConnectParams } from "../../schemas/handshake.ts";
import type { DeviceMetadata } from "../domain/devices/index.ts";
import type { Peer } from "./admission.ts";

/** How node hosts are listed: they say what Node.js calls the system, people call it something else. */
const NODE_HOST_SYSTEMS: ReadonlyMap<string, readonly [platform: string, family: string]> = new Map([
  ["darwin", ["macos", "Mac"]],
  ["linux", ["linux", "Linux"]],
  ["win32", ["windows", "Windows"]],
]);

/** What a peer says about the machine it runs on. */
export function machineOf(
  { client }: ConnectParams,
  peer: Pick<Peer, "address" | "isLoopback">,
): DeviceMetadata {
  const known = client.id === "node-host" ? NODE_HOST_SYSTEMS.get(client.platform) : undefined;
  const deviceFamily = client.deviceFamily ?? known?.[1];
  return {
    ...(client.displayName === undefined ? {} : { displayName: client.displayName }),
    platform: known?.[0] ?? client.platform,
    ...(deviceFamily === undefined ? {} : { deviceFamily }),
    clientId: client.id,
    clientMode: client.mode,
    ...(peer.isLoopback ? {} : { remoteIp: peer.address }),
  };
}

import type { ConnectParams } from "../../schemas/handshake.ts";

export const PROTOCOL = 4;
/** Nodes and restart probes may be one version behind, so that an upgrade can find them again. */
export const PROTOCOL_OF_NODES_MIN = 3;

type Range = Pick<ConnectParams, "minProtocol" | "maxProtocol" | "role"> & {
  readonly client: Pick<ConnectParams["client"], "mode">;
};

/** Whether the versions that a peer offers include one that is spoken here. */
export function speaksOurProtocol({ minProtocol, maxProtocol, role, client }: Range): boolean {
  const spoken = (version: number) => minProtocol <= version && version <= maxProtocol;
  if (spoken(PROTOCOL)) return true;
  // compat(AU11): a probe may offer an empty range such as 4..3 and is let in.
  if (client.mode === "probe") return minProtocol <= PROTOCOL && maxProtocol >= PROTOCOL_OF_NODES_MIN;
  return role === "node" && client.mode === "node" && spoken(PROTOCOL_OF_NODES_MIN);
}

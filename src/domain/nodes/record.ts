import type { HostStats } from "./host-stats.ts";

/** What a node can do: what it declared, cut down to what its system may be asked for. */
export interface NodeSurface {
  readonly caps: readonly string[];
  readonly commands: readonly string[];
  readonly permissions?: Readonly<Record<string, boolean>>;
}

export interface ApprovedSurface extends NodeSurface {
  readonly createdAtMs: number;
  readonly approvedAtMs: number;
}

/** A surface that waits for an operator. Unlike a device's request it does not end by itself. */
export interface SurfaceRequest extends NodeSurface {
  readonly requestId: string;
  /** Changes with every change of the request; absent in those of older versions. */
  readonly revision?: string;
  readonly silent?: boolean;
  readonly ts: number;
}

/** What the last connection of a node said about it. */
export interface NodeDescription {
  readonly clientId: string;
  readonly clientMode: string;
  readonly displayName?: string;
  readonly platform: string;
  readonly version: string;
  readonly deviceFamily?: string;
  readonly remoteIp?: string;
}

/** Everything that is kept about a node, beside its pairing as a device. */
export interface NodeRecord {
  readonly nodeId: string;
  readonly description: NodeDescription;
  /** The operator's own name for it. */
  readonly label?: string;
  readonly approved?: ApprovedSurface;
  readonly pending?: SurfaceRequest;
  readonly lastConnectedAtMs?: number;
  /** The last resources it reported, with the time they came. */
  readonly lastHostStats?: HostStats;
}

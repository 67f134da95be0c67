import type { NodeDescription, NodeSurface } from "./record.ts";

export { nodeIdOf } from "./node-id.ts";
export type { NodeDescription, NodeRecord, NodeSurface } from "./record.ts";
export type { NodeTalkOptions } from "./talk.ts";

/** A node that just connected, as the handshake described it. */
export interface NodeArrival {
  readonly nodeId: string;
  readonly connId: string;
  readonly description: NodeDescription;
  readonly declared: NodeSurface;
  readonly pathEnv?: string;
  /** It is a program of this machine. */
  readonly isLocal: boolean;
}

export interface InvokeRequest {
  readonly nodeId: string;
  readonly command: string;
  readonly params?: unknown;
  readonly timeoutMs?: number;
  readonly idempotencyKey: string;
}

export interface InvokeAnswer {
  readonly ok: true;
  readonly nodeId: string;
  readonly command: string;
  readonly payload?: unknown;
  readonly payloadJSON: string | null;
}

export interface NodeResult {
  readonly id: string;
  readonly nodeId: string;
  readonly ok: boolean;
  readonly payload?: unknown;
  readonly payloadJSON?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
}

export interface WorkItem {
  readonly id: string;
  readonly type: string;
  readonly priority: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
}

/** A row as the wire has it: of `node.list`, `node.pair.list` or an event. */
export type NodeRow = Readonly<Record<string, unknown>>;

/** Device nodes: what they may do, who is there, and what they are asked to do. */
export interface Nodes {
  list(canSeePending: boolean): readonly NodeRow[];
  /** What `device.pair.list` adds to the row of a device that is a node. */
  surfaceOf(nodeId: string): NodeRow;
  describe(nodeId: string, canSeePending: boolean): NodeRow;
  pairings(): { readonly pending: readonly NodeRow[]; readonly paired: readonly NodeRow[] };
  approve(requestId: string, scopes: readonly string[]): Promise<NodeRow>;
  reject(requestId: string): Promise<NodeRow>;
  remove(nodeId: string): Promise<void>;
  rename(nodeId: string, displayName: string): Promise<string>;
  /** Returns what to call when the connection is gone. */
  connect(arrival: NodeArrival): Promise<() => void>;
  invoke(request: InvokeRequest, signal: AbortSignal): Promise<InvokeAnswer>;
  /** False when nobody waits for the result any more. */
  settle(result: NodeResult, callerNodeId: string): boolean;
  /** Throws unless this connection is a node whose surface was approved. */
  assertApproved(nodeId: string, during: "invocation" | "pending work"): void;
  noteInventory(nodeId: string): void;
  setSkills(nodeId: string, skills: readonly unknown[]): readonly unknown[];
  setPluginTools(nodeId: string, tools: readonly PluginTool[]): readonly PluginTool[];
  /** Takes an event that a node reports, and says what came of it. */
  report(nodeId: string, connId: string, event: string, payload: unknown): Promise<NodeReport>;
  enqueue(nodeId: string, work: NewWork): { readonly revision: number; readonly queued: WorkItem };
  drain(nodeId: string, itemsMax: number): Drained;
}

/** What `node.event` answers; the reference says more of the newer events than of the older ones. */
export interface NodeReport {
  readonly ok: true;
  readonly event?: string;
  readonly handled?: boolean;
  readonly reason?: string;
}

export interface PluginTool {
  readonly pluginId: string;
  readonly name: string;
  readonly command?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

export interface NewWork {
  readonly type: string;
  readonly priority: string;
  readonly expiresInMs: number;
}

export interface Drained {
  readonly revision: number;
  readonly items: readonly WorkItem[];
  readonly hasMore: boolean;
}

import type { PairedDevice } from "../devices/index.ts";
import { approvalScopes } from "./commands.ts";
import type { NodeRow } from "./index.ts";
import type { LiveNode } from "./live.ts";
import type { NodeRecord, SurfaceRequest } from "./record.ts";

/** Leaves out what is not there: on this wire absent and null are different answers. */
function given(members: Record<string, unknown>): NodeRow {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** A row of `node.list`: what the node may do right now, not what it would like to. */
export function nodeRow(
  node: NodeRecord,
  device: PairedDevice | undefined,
  live: LiveNode | undefined,
  canSeePending: boolean,
): NodeRow {
  const { description, approved, pending } = node;
  const surface = live?.effective ?? approved;
  return given({
    nodeId: node.nodeId,
    displayName: node.label ?? description.displayName,
    platform: description.platform,
    version: description.version,
    clientId: description.clientId,
    clientMode: description.clientMode,
    deviceFamily: description.deviceFamily,
    remoteIp: description.remoteIp,
    caps: (surface?.caps ?? []).toSorted(),
    commands: (surface?.commands ?? []).toSorted(),
    sessionHost: false,
    hostStats: live === undefined ? node.lastHostStats : live.hostStats,
    nodePluginTools: live?.pluginTools,
    pathEnv: live?.pathEnv,
    permissions: surface?.permissions,
    approvalState: approvalState(node),
    ...(canSeePending && pending !== undefined ? pendingMembers(pending) : {}),
    connectedAtMs: live?.connectedAtMs,
    lastConnectedAtMs: live?.connectedAtMs,
    lastSeenAtMs: live?.connectedAtMs ?? device?.lastSeenAtMs,
    lastSeenReason: device?.lastSeenReason ?? "connect",
    approvedAtMs: approved?.approvedAtMs ?? device?.approvedAtMs,
    paired: true,
    connected: live !== undefined,
  });
}

function approvalState({ approved, pending }: NodeRecord): string {
  if (pending === undefined) return approved === undefined ? "unapproved" : "approved";
  return approved === undefined ? "pending-approval" : "pending-reapproval";
}

function pendingMembers(pending: SurfaceRequest): Record<string, unknown> {
  return {
    pendingRequestId: pending.requestId,
    pendingDeclaredCaps: pending.caps.toSorted(),
    pendingDeclaredCommands: pending.commands.toSorted(),
    pendingDeclaredPermissions: pending.permissions,
  };
}

/** A waiting surface, as `node.pair.list` and `node.pair.requested` show it. */
export function pendingRow({ nodeId, description, label }: NodeRecord, pending: SurfaceRequest): NodeRow {
  return given({
    requestId: pending.requestId,
    nodeId,
    ...described(description, label),
    caps: pending.caps,
    commands: pending.commands,
    requiredApproveScopes: approvalScopes(pending.commands),
    permissions: pending.permissions,
    remoteIp: description.remoteIp,
    silent: pending.silent,
    ts: pending.ts,
  });
}

/** An approved node, as `node.pair.list` shows it. */
export function pairedRow(node: NodeRecord, device: PairedDevice | undefined): NodeRow {
  const { approved } = node;
  return given({
    nodeId: node.nodeId,
    ...described(node.description, node.label),
    caps: approved?.caps ?? [],
    commands: approved?.commands ?? [],
    permissions: approved?.permissions,
    remoteIp: node.description.remoteIp,
    createdAtMs: approved?.createdAtMs,
    approvedAtMs: approved?.approvedAtMs,
    lastConnectedAtMs: node.lastConnectedAtMs,
    lastHostStats: node.lastHostStats,
    lastSeenAtMs: device?.lastSeenAtMs,
    lastSeenReason: device?.lastSeenReason,
  });
}

function described(
  description: NodeRecord["description"],
  label: string | undefined,
): Record<string, unknown> {
  const { clientId, clientMode, platform, version, deviceFamily } = description;
  return {
    clientId,
    clientMode,
    displayName: label ?? description.displayName,
    platform,
    version,
    deviceFamily,
  };
}

export function surfaceMembers(node: NodeRecord | undefined): NodeRow {
  if (node === undefined) return {};
  const { approved, pending, description, label, lastConnectedAtMs, lastHostStats } = node;
  const { displayName, version, platform, deviceFamily } = description;
  return given({
    nodeSurface:
      approved === undefined
        ? undefined
        : given({
            displayName: label ?? displayName,
            version,
            ...approved,
            lastConnectedAtMs,
            lastHostStats,
          }),
    pendingNodeSurface:
      pending === undefined ? undefined : given({ platform, version, deviceFamily, displayName, ...pending }),
  });
}

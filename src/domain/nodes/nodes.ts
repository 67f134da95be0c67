import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { turnEnd } from "../../platform/turn.ts";
import { type Devices, scopesBeyond } from "../devices/index.ts";
import type { Publisher } from "../events.ts";
import {
  approvalScopes,
  type CommandPolicy,
  commandRefusal,
  isCommandAllowed,
  isCommandUsable,
  relayRefusal,
} from "./commands.ts";
import type { NodeArrival, Nodes } from "./index.ts";
import { createInvocations } from "./invocations.ts";
import { effectiveSurface, isWider, type LiveNode, offeredTools, sameSurface, usableCaps } from "./live.ts";
import type { NodeRecord, NodeSurface, SurfaceRequest } from "./record.ts";
import { createReports } from "./reports.ts";
import { nodeRow, pairedRow, pendingRow, surfaceMembers } from "./rows.ts";
import type { NodeStore } from "./store.ts";
import { createNodeTalk, type NodeTalkOptions } from "./talk.ts";
import { createNodeWork } from "./work.ts";

export interface NodesOptions {
  readonly store: NodeStore;
  readonly devices: Devices;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly commandPolicy: () => CommandPolicy;
  readonly talk: Omit<NodeTalkOptions, "events">;
}

const GOODBYE_TURNS = 4;

export function createNodes(options: NodesOptions): Nodes {
  const { store, devices, clock, ids, events } = options;
  const known = new Map(store.load().map((node) => [node.nodeId, node]));
  const live = new Map<string, LiveNode>();
  const invocations = createInvocations(options);
  const work = createNodeWork(options);
  const talk = createNodeTalk({ ...options.talk, events });

  devices.onRemoved((deviceId, role) => {
    if (role !== undefined && role !== "node") return;
    if (known.has(deviceId)) drop(deviceId);
  });

  async function keep(node: NodeRecord): Promise<NodeRecord> {
    known.set(node.nodeId, node);
    await store.save(node);
    return node;
  }

  function drop(nodeId: string): void {
    known.delete(nodeId);
    work.forget(nodeId);
    void store.delete(nodeId);
  }

  function forget(nodeId: string): void {
    drop(nodeId);
    resolved({ requestId: "", nodeId, decision: "removed" });
  }

  /** Operators who manage pairings hear of it, and the node that it is about. */
  function resolved(settled: { requestId: string; nodeId: string; decision: string }): void {
    const payload = { ...settled, ts: clock.now() };
    events.publish("node.pair.resolved", payload);
    const connection = live.get(settled.nodeId);
    // compat(nodes/reject): a node that was turned down is not told.
    if (connection === undefined || settled.decision !== "approved") return;
    events.publish("node.pair.resolved", payload, { connIds: new Set([connection.connId]), access: "node" });
  }

  function nodeOf(nodeId: string): NodeRecord {
    const node = known.get(nodeId);
    if (node === undefined) throw invalidRequest("unknown nodeId");
    return node;
  }

  function requestOf(requestId: string): { node: NodeRecord; pending: SurfaceRequest } {
    for (const node of known.values()) {
      if (node.pending?.requestId === requestId) return { node, pending: node.pending };
    }
    throw invalidRequest("unknown requestId");
  }

  function row(node: NodeRecord, canSeePending: boolean) {
    return nodeRow(node, devices.get(node.nodeId), live.get(node.nodeId), canSeePending);
  }

  /** What of a declaration the node's system may be asked for at all. */
  function permitted(arrival: NodeArrival): NodeSurface {
    const { platform } = arrival.description;
    const policy = options.commandPolicy();
    const commands = arrival.declared.commands.filter((command) =>
      isCommandAllowed(command, platform, policy),
    );
    return { ...arrival.declared, caps: usableCaps(arrival.declared, commands), commands };
  }

  /** A surface nobody approved becomes a request; the same one again is the same request. */
  function requestFor(
    before: NodeRecord | undefined,
    declared: NodeSurface,
    isLocal: boolean,
  ): SurfaceRequest | undefined {
    if (!isWider(declared, before?.approved)) return undefined;
    const pending = before?.pending;
    if (pending !== undefined && sameSurface(pending, declared)) return pending;
    const silent = isLocal && before?.approved === undefined ? { silent: true } : {};
    return { ...declared, requestId: ids.uuid(), revision: ids.uuid(), ...silent, ts: clock.now() };
  }

  async function connect(arrival: NodeArrival): Promise<() => void> {
    const { nodeId, connId } = arrival;
    const before = known.get(nodeId);
    const declared = permitted(arrival);
    const now = clock.now();
    // Who came in with a setup code is approved with what it first declares.
    const isEnrolled = before === undefined && devices.get(nodeId)?.approvedVia === "bootstrap";
    const approved = isEnrolled ? { ...declared, createdAtMs: now, approvedAtMs: now } : before?.approved;
    const pending = isEnrolled ? undefined : requestFor(before, declared, arrival.isLocal);
    const { pending: _, ...settled } = before ?? { nodeId };
    const connection: LiveNode = {
      connId,
      connectedAtMs: now,
      pathEnv: arrival.pathEnv,
      declared,
      effective: effectiveSurface(declared, approved),
      pluginTools: [],
      skills: [],
      hostStats: undefined,
    };
    live.set(nodeId, connection);
    const node = await keep({
      ...settled,
      nodeId,
      description: arrival.description,
      ...(pending === undefined ? {} : { pending }),
      ...(approved === undefined ? {} : { approved, lastConnectedAtMs: now }),
    });
    if (isEnrolled) {
      const payload = { requestId: ids.uuid(), nodeId, decision: "approved", ts: now };
      events.publish("node.pair.resolved", payload);
    }
    const dropped = before?.pending;
    if (dropped !== undefined && dropped !== pending) {
      resolved({ requestId: dropped.requestId, nodeId, decision: "rejected" });
    }
    if (pending !== undefined && pending !== before?.pending) {
      events.publish("node.pair.requested", pendingRow(node, pending));
    }
    return () => {
      invocations.abandon(connId);
      talk.leave(connId);
      if (live.get(nodeId) !== connection) return;
      live.delete(nodeId);
    };
  }

  /** Who is there comes first, then by the name that people see. */
  function byPresence(left: NodeRecord, right: NodeRecord): number {
    const absence = (node: NodeRecord) => (live.has(node.nodeId) ? 0 : 1);
    const name = ({ label, description, nodeId }: NodeRecord) => label ?? description.displayName ?? nodeId;
    return absence(left) - absence(right) || name(left).localeCompare(name(right));
  }

  function liveOf(nodeId: string): LiveNode {
    const connection = live.get(nodeId);
    if (connection !== undefined) return connection;
    const nodeError = { code: "NOT_CONNECTED", message: "node not connected" };
    throw new ProtocolError("UNAVAILABLE", "node not connected", {
      details: { code: "NOT_CONNECTED", nodeError, nodeCommandDispatched: false },
      retryable: false,
    });
  }

  function assertApproved(nodeId: string, during: "invocation" | "pending work"): void {
    if (known.get(nodeId)?.approved !== undefined) return;
    const what = during === "invocation" ? "invocation" : "pending work";
    throw new ProtocolError("UNAVAILABLE", `node pairing changed while ${what} was active`, {
      details: { code: "PAIRING_CHANGED" },
      retryable: true,
    });
  }

  const report = createReports({
    clock,
    events,
    devices,
    talk,
    isRunOf: (connId, event, runId) => invocations.isRunOf(connId, runId, event !== "exec.started"),
    live: (nodeId, connId) => {
      const connection = live.get(nodeId);
      return connection?.connId === connId ? connection : undefined;
    },
    platformOf: (nodeId) => nodeOf(nodeId).description.platform,
    keepStats: async (nodeId, lastHostStats) => void (await keep({ ...nodeOf(nodeId), lastHostStats })),
  });

  return {
    list: (canSeePending) => [...known.values()].toSorted(byPresence).map((node) => row(node, canSeePending)),
    surfaceOf: (nodeId) => surfaceMembers(known.get(nodeId)),
    describe: (nodeId, canSeePending) => row(nodeOf(nodeId), canSeePending),
    pairings() {
      const all = [...known.values()].toSorted(
        (left, right) => (right.pending?.ts ?? 0) - (left.pending?.ts ?? 0),
      );
      return {
        pending: all.flatMap((node) => (node.pending === undefined ? [] : [pendingRow(node, node.pending)])),
        paired: all
          .filter((node) => node.approved !== undefined)
          .toSorted((left, right) => (right.approved?.approvedAtMs ?? 0) - (left.approved?.approvedAtMs ?? 0))
          .map((node) => pairedRow(node, devices.get(node.nodeId))),
      };
    },
    async approve(requestId, scopes) {
      const { node, pending } = requestOf(requestId);
      const requiredScopes = approvalScopes(pending.commands);
      const missingScope = scopesBeyond(requiredScopes, scopes)[0];
      if (missingScope !== undefined) {
        throw new ProtocolError("FORBIDDEN", `missing scope: ${missingScope}`, {
          details: { code: "MISSING_SCOPE", missingScope, requiredScopes },
        });
      }
      const now = clock.now();
      const { requestId: _, silent: __, ts: ___, revision: _____, ...surface } = pending;
      const approved = { ...surface, createdAtMs: node.approved?.createdAtMs ?? now, approvedAtMs: now };
      const { pending: ____, ...rest } = node;
      const next = await keep({ ...rest, approved });
      const connection = live.get(node.nodeId);
      if (connection !== undefined) connection.effective = effectiveSurface(connection.declared, approved);
      resolved({ requestId, nodeId: node.nodeId, decision: "approved" });
      return pairedRow(next, devices.get(node.nodeId));
    },
    async reject(requestId) {
      const { node } = requestOf(requestId);
      const { pending: _, ...rest } = node;
      await keep(rest);
      resolved({ requestId, nodeId: node.nodeId, decision: "rejected" });
      return { requestId, nodeId: node.nodeId };
    },
    async remove(nodeId) {
      nodeOf(nodeId);
      forget(nodeId);
      await devices.dropRole(nodeId, "node");
    },
    async rename(nodeId, displayName) {
      const label = displayName.trim();
      if (label === "") throw invalidRequest("displayName required");
      await keep({ ...nodeOf(nodeId), label });
      return label;
    },
    connect,
    async invoke(request, signal) {
      const command = request.command.trim();
      const nodeId = request.nodeId.trim();
      if (command === "" || nodeId === "") throw invalidRequest("nodeId and command required");
      const refusal = relayRefusal(command);
      if (refusal !== undefined) throw invalidRequest(refusal, { details: { command } });
      // A node that has just gone is noticed before it is asked: its socket takes a few turns to end.
      for (let turn = 0; turn < GOODBYE_TURNS; turn += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one turn after the other is what is waited for
        await turnEnd();
      }
      assertApproved(nodeId, "invocation");
      const { platform } = nodeOf(nodeId).description;
      const connection = liveOf(nodeId);
      const policy = options.commandPolicy();
      if (!isCommandUsable(command, connection.declared.commands, platform, policy)) {
        const reason = commandRefusal(command, platform, policy);
        throw invalidRequest(`node command not allowed: ${reason}`, {
          details: { reason: "command not allowlisted", command },
        });
      }
      if (!connection.effective.commands.includes(command)) {
        throw invalidRequest(
          `node command not allowed: the node (platform: ${platform}) does not support ${JSON.stringify(command)}`,
          { details: { reason: "command not declared by node", command } },
        );
      }
      return invocations.run({ ...request, command, nodeId }, connection.connId, signal);
    },
    settle: (result, callerNodeId) => invocations.settle(result, callerNodeId),
    assertApproved,
    noteInventory(nodeId) {
      const node = nodeOf(nodeId);
      if (node.approved === undefined && node.pending !== undefined) {
        const { requestId } = node.pending;
        throw new ProtocolError(
          "UNAVAILABLE",
          `node capability surface is awaiting operator approval; run \`openclaw nodes approve ${requestId}\` (see \`openclaw nodes pending\`), then this node retries automatically`,
          { retryable: false },
        );
      }
      events.publish("node.runnerInventory.changed", { nodeId });
    },
    setSkills(nodeId, skills) {
      const connection = liveOf(nodeId);
      connection.skills = skills;
      return skills;
    },
    setPluginTools(nodeId, tools) {
      const connection = liveOf(nodeId);
      connection.pluginTools = offeredTools(tools, connection.effective.commands);
      return connection.pluginTools;
    },
    report,
    enqueue(nodeId, item) {
      assertApproved(nodeId, "pending work");
      return work.enqueue(nodeId, item);
    },
    drain(nodeId, itemsMax) {
      assertApproved(nodeId, "pending work");
      return work.drain(nodeId, itemsMax);
    },
  };
}

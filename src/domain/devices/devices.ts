import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import { assertMayApprove, assertMayManage, mayHandleToken, strayScope } from "./authority.ts";
import type { DeviceConnection, Devices, Knock, PairingOutcome, SettledRequest } from "./index.ts";
import { isSilentReason, pairingReason } from "./reasons.ts";
import type { DeviceToken, PairedDevice, PairingRequest } from "./record.ts";
import { createOutcomes, createPairingRequests, union } from "./requests.ts";
import { requestRow } from "./rows.ts";
import { closedScopes, holdsScopes, scopesOfRole } from "./scopes.ts";
import { createSetups } from "./setups.ts";
import type { DeviceStore } from "./store.ts";
import { createTokenMint, matchesHash } from "./tokens.ts";

/** How the reference ends the connections of a device whose token is no longer good. */
const REMOVED = { code: 4001, reason: "device removed" } as const;

export interface DevicesOptions {
  readonly store: DeviceStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  /** Tokens are derived from it; it is kept apart from the store. */
  readonly tokenKey: Buffer;
  /** Whether this machine's own clients are approved without asking. */
  readonly approvesLocal: () => boolean;
}

export function createDevices(options: DevicesOptions): Devices {
  const { store, clock, ids, events } = options;
  const mint = createTokenMint(options.tokenKey, ids);
  const requests = createPairingRequests(clock, ids);
  const paired = new Map(store.load().map((device) => [device.deviceId, device]));
  const connections = new Set<DeviceConnection>();
  const outcomes = createOutcomes();
  const setups = createSetups(options);
  const settledListeners = new Set<(settled: SettledRequest) => void>();
  const removedListeners = new Set<(deviceId: string, role: string | undefined) => void>();

  async function keep(device: PairedDevice): Promise<PairedDevice> {
    paired.set(device.deviceId, device);
    await store.save(device);
    return device;
  }

  function settle(request: PairingRequest, decision: SettledRequest["decision"]): void {
    requests.drop(request.requestId);
    announce(request, decision);
  }

  function announce(request: PairingRequest, decision: SettledRequest["decision"]): void {
    const { requestId, deviceId } = request;
    outcomes.note(requestId, { deviceId, decision });
    events.publish("device.pair.resolved", { requestId, deviceId, decision, ts: clock.now() });
    for (const listener of settledListeners) listener({ request, decision });
  }

  function disconnect(deviceId: string, role?: string): void {
    for (const connection of [...connections]) {
      if (connection.deviceId !== deviceId || (role !== undefined && connection.role !== role)) continue;
      connection.close(REMOVED.code, REMOVED.reason);
    }
  }

  function fresh(
    deviceId: string,
    role: string,
    scopes: readonly string[],
    before?: DeviceToken,
  ): DeviceToken {
    const { salt, hash } = mint.make(deviceId, role);
    const now = clock.now();
    return {
      role,
      scopes,
      hash,
      salt,
      createdAtMs: before?.createdAtMs ?? now,
      ...(before === undefined ? {} : { rotatedAtMs: now }),
      ...(before?.lastUsedAtMs === undefined ? {} : { lastUsedAtMs: before.lastUsedAtMs }),
    };
  }

  /** Grants what a request asks for, on top of what the device has, and renews the tokens that it touches. */
  async function grant(
    request: PairingRequest,
    approvedVia: PairedDevice["approvedVia"],
  ): Promise<PairedDevice> {
    const before = paired.get(request.deviceId);
    const same = before?.publicKey === request.publicKey ? before : undefined;
    const scopes = union(same?.scopes ?? [], request.scopes);
    const { requestId: _, silent: __, isRepair: ___, ts: ____, ...described } = request;
    const tokens = (same?.tokens ?? []).filter((token) => !request.roles.includes(token.role));
    for (const role of request.roles) {
      const old = same?.tokens.find((token) => token.role === role);
      tokens.push(fresh(request.deviceId, role, scopesOfRole(role, scopes), old));
    }
    const device = await keep({
      ...described,
      ...(same?.operatorLabel === undefined ? {} : { operatorLabel: same.operatorLabel }),
      role: request.role,
      roles: union(same?.roles ?? [], request.roles),
      scopes,
      approvedVia,
      createdAtMs: same?.createdAtMs ?? clock.now(),
      approvedAtMs: clock.now(),
      ...(same?.lastSeenAtMs === undefined
        ? {}
        : { lastSeenAtMs: same.lastSeenAtMs, lastSeenReason: same.lastSeenReason ?? "connect" }),
      tokens,
    });
    settle(request, "approved");
    return device;
  }

  async function knock(knocking: Knock): Promise<PairingOutcome> {
    // At most one pass per reason: each grant removes the reason that led to it.
    for (let pass = 0; pass < 4; pass += 1) {
      const device = paired.get(knocking.deviceId);
      const reason = pairingReason(device, knocking);
      if (reason === undefined && device !== undefined) return { kind: "paired", device };
      const silent = knocking.isTrusted && options.approvesLocal() && isSilentReason(reason, knocking.role);
      const { metadata, isTrusted: _, ...asked } = knocking;
      const isRepair = device !== undefined;
      const { request, isNew, replaced } = requests.file({ ...asked, ...metadata, silent, isRepair });
      if (replaced !== undefined) announce(replaced, "rejected");
      if (request.silent && strayScope(request) === undefined) {
        await grant(request, "silent");
        continue;
      }
      if (isNew || request.silent) events.publish("device.pair.requested", requestRow(request));
      return { kind: "pending", reason: reason ?? "not-paired", request, paired: device };
    }
    throw new Error("a granted request did not let its device in");
  }

  function requestOf(requestId: string): PairingRequest {
    const request = requests.get(requestId);
    if (request === undefined) throw invalidRequest("unknown requestId");
    return request;
  }

  function deviceOf(deviceId: string): PairedDevice {
    const device = paired.get(deviceId);
    if (device === undefined) throw invalidRequest("unknown deviceId");
    return device;
  }

  async function forget(deviceId: string): Promise<void> {
    paired.delete(deviceId);
    await store.delete(deviceId);
    const request = requests.of(deviceId);
    if (request !== undefined) requests.drop(request.requestId);
    for (const listener of removedListeners) listener(deviceId, undefined);
    disconnect(deviceId);
  }

  function tokenOf(deviceId: string, role: string): DeviceToken | undefined {
    return paired.get(deviceId)?.tokens.find((token) => token.role === role);
  }

  function operatorScopes(token: string): readonly string[] | undefined {
    for (const deviceId of paired.keys()) {
      const kept = tokenOf(deviceId, "operator");
      if (kept === undefined || kept.revokedAtMs !== undefined) continue;
      if (matchesHash(token, kept.hash)) return kept.scopes;
    }
    return undefined;
  }

  async function replaceToken(deviceId: string, token: DeviceToken): Promise<void> {
    const device = deviceOf(deviceId);
    const tokens = device.tokens.map((candidate) => (candidate.role === token.role ? token : candidate));
    await keep({ ...device, tokens });
  }

  return {
    get: (deviceId) => paired.get(deviceId),
    all: () => [...paired.values()].toSorted((left, right) => right.approvedAtMs - left.approvedAtMs),
    requests: () => requests.list(),
    isConnected: (deviceId) => connections.values().some((connection) => connection.deviceId === deviceId),
    knock,
    checkToken(deviceId, role, token, scopes) {
      const kept = tokenOf(deviceId, role);
      if (kept === undefined || kept.revokedAtMs !== undefined) return "token_mismatch";
      if (!matchesHash(token, kept.hash)) return "token_mismatch";
      return holdsScopes(kept.scopes, scopes) ? "ok" : "scope_mismatch";
    },
    isOperatorToken: (token) => operatorScopes(token) !== undefined,
    operatorScopes,
    setups,
    async enroll({ metadata, ...asked }, roles, scopes) {
      const { deviceId, publicKey, role } = asked;
      const { request, replaced } = requests.file({
        deviceId,
        publicKey,
        role,
        ...metadata,
        scopes,
        silent: true,
        isRepair: paired.has(asked.deviceId),
      });
      if (replaced !== undefined) announce(replaced, "rejected");
      return grant({ ...request, roles: [...roles], scopes: [...scopes] }, "bootstrap");
    },
    async issueToken(deviceId, role, scopes) {
      const device = paired.get(deviceId);
      const kept = tokenOf(deviceId, role);
      if (device === undefined || !device.roles.includes(role)) return undefined;
      if (kept !== undefined && kept.revokedAtMs === undefined && holdsScopes(kept.scopes, scopes)) {
        const token = mint.recall(deviceId, kept);
        return token === undefined ? undefined : { token, issuedAtMs: kept.rotatedAtMs ?? kept.createdAtMs };
      }
      const next = fresh(deviceId, role, scopesOfRole(role, device.scopes), kept);
      const tokens = [...device.tokens.filter((token) => token.role !== role), next];
      await keep({ ...device, tokens });
      const token = mint.recall(deviceId, next);
      return token === undefined ? undefined : { token, issuedAtMs: next.rotatedAtMs ?? next.createdAtMs };
    },
    async seen(deviceId, { displayName, byToken, reason = "connect" }) {
      const device = paired.get(deviceId);
      if (device === undefined) return;
      const lastUsedAtMs = clock.now();
      const tokens = device.tokens.map((token) =>
        token.role === byToken ? { ...token, lastUsedAtMs } : token,
      );
      await keep({
        ...device,
        ...(displayName === undefined ? {} : { displayName }),
        lastSeenAtMs: lastUsedAtMs,
        lastSeenReason: reason,
        tokens,
      });
    },
    requestUpgrade(deviceId, scopes) {
      const { publicKey, role: _, roles: __, ...described } = deviceOf(deviceId);
      const { platform, clientId, clientMode, displayName, deviceFamily, remoteIp } = described;
      const { request, isNew, replaced } = requests.file({
        deviceId,
        publicKey,
        platform,
        clientId,
        clientMode,
        ...(displayName === undefined ? {} : { displayName }),
        ...(deviceFamily === undefined ? {} : { deviceFamily }),
        ...(remoteIp === undefined ? {} : { remoteIp }),
        role: "operator",
        scopes,
        silent: false,
        isRepair: true,
      });
      if (replaced !== undefined) announce(replaced, "rejected");
      if (isNew) events.publish("device.pair.requested", requestRow(request));
      return request;
    },
    stateOf(requestId) {
      const request = requests.get(requestId);
      if (request !== undefined) return { deviceId: request.deviceId, decision: "pending" };
      return outcomes.of(requestId);
    },
    approve: async (requestId, by) => {
      const request = requestOf(requestId);
      assertMayApprove(request, by);
      return grant(request, "owner");
    },
    reject: async (requestId, by) => {
      const request = requestOf(requestId);
      assertMayManage(request.deviceId, by, "rejection");
      settle(request, "rejected");
      return request;
    },
    async remove(deviceId, by) {
      assertMayManage(deviceId, by, "removal");
      deviceOf(deviceId);
      await forget(deviceId);
    },
    async rename(deviceId, label, by) {
      assertMayManage(deviceId, by, "rename");
      const operatorLabel = label.trim();
      if (operatorLabel === "") throw invalidRequest("label required");
      await keep({ ...deviceOf(deviceId), operatorLabel });
      events.publish("device.pair.changed", {});
      return operatorLabel;
    },
    async rotate(deviceId, role, scopes, by) {
      const kept = tokenOf(deviceId, role);
      const device = paired.get(deviceId);
      const wanted = scopes === undefined ? kept?.scopes : closedScopes(scopes);
      const isAllowed =
        kept !== undefined &&
        device !== undefined &&
        wanted !== undefined &&
        mayHandleToken(deviceId, role, kept.scopes, by) &&
        holdsScopes(role === "operator" ? device.scopes : [], wanted);
      if (!isAllowed) throw invalidRequest("device token rotation denied");
      const { revokedAtMs: _, ...renewed } = fresh(deviceId, role, wanted, kept);
      await replaceToken(deviceId, renewed);
      const isOwn = by.deviceId === deviceId && by.authMethod === "device-token";
      const token = isOwn ? mint.recall(deviceId, renewed) : undefined;
      const rotatedAtMs = renewed.rotatedAtMs ?? renewed.createdAtMs;
      // The connections end after the answer, which carries the new token to the device that asked for it.
      clock.after(0, () => disconnect(deviceId, role));
      if (token === undefined) {
        return { deviceId, role, scopes: wanted, rotatedAtMs, tokenDelivery: "withheld-cross-device" };
      }
      return { deviceId, role, token, scopes: wanted, rotatedAtMs, tokenDelivery: "in-band" };
    },
    async revoke(deviceId, role, by) {
      const kept = tokenOf(deviceId, role);
      if (kept === undefined || !mayHandleToken(deviceId, role, kept.scopes, by)) {
        throw invalidRequest("device token revocation denied");
      }
      const revokedAtMs = clock.now();
      await replaceToken(deviceId, { ...kept, revokedAtMs });
      clock.after(0, () => disconnect(deviceId, role));
      return revokedAtMs;
    },
    async dropRole(deviceId, role) {
      const device = paired.get(deviceId);
      if (device === undefined) return;
      const roles = device.roles.filter((candidate) => candidate !== role);
      const [first] = roles;
      if (first === undefined) return forget(deviceId);
      const tokens = device.tokens.filter((token) => token.role !== role);
      await keep({ ...device, role: first, roles, tokens });
      for (const listener of removedListeners) listener(deviceId, role);
      disconnect(deviceId, role);
    },
    attach(connection) {
      connections.add(connection);
      return () => connections.delete(connection);
    },
    onSettled(listener) {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
    onRemoved(listener) {
      removedListeners.add(listener);
      return () => removedListeners.delete(listener);
    },
  };
}

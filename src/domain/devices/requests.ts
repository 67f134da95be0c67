import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { RequestState } from "./index.ts";
import type { PairedDevice, PairingRequest } from "./record.ts";

export type RequestDraft = Omit<PairingRequest, "requestId" | "ts" | "roles">;

export interface Filed {
  readonly request: PairingRequest;
  readonly isNew: boolean;
  /** The request of the same device that this one replaces. */
  readonly replaced?: PairingRequest;
}

/** The requests that wait for somebody. One per device; they end by themselves after five minutes. */
export interface PairingRequests {
  list(): readonly PairingRequest[];
  get(requestId: string): PairingRequest | undefined;
  of(deviceId: string): PairingRequest | undefined;
  file(draft: RequestDraft): Filed;
  drop(requestId: string): void;
}

export function createPairingRequests(clock: Clock, ids: Ids): PairingRequests {
  const byDevice = new Map<string, PairingRequest>();

  function expire(): void {
    const oldest = clock.now() - POLICY.pairingRequestMs;
    for (const [deviceId, request] of byDevice) if (request.ts < oldest) byDevice.delete(deviceId);
  }

  function list(): readonly PairingRequest[] {
    expire();
    return [...byDevice.values()].toSorted((left, right) => right.ts - left.ts);
  }

  return {
    list,
    get: (requestId) => list().find((request) => request.requestId === requestId),
    of(deviceId) {
      expire();
      return byDevice.get(deviceId);
    },
    file(draft) {
      expire();
      const before = byDevice.get(draft.deviceId);
      const roles = union(before?.roles ?? [], [draft.role]);
      const scopes = union(before?.scopes ?? [], draft.scopes);
      if (before !== undefined && before.role === draft.role && asksTheSame(before, roles, scopes)) {
        return { request: before, isNew: false };
      }
      const request: PairingRequest = {
        ...draft,
        requestId: ids.uuid(),
        roles,
        scopes,
        silent: draft.silent && (before?.silent ?? true),
        ts: clock.now(),
      };
      byDevice.delete(draft.deviceId);
      byDevice.set(draft.deviceId, request);
      if (byDevice.size > POLICY.pairingRequestsMax) byDevice.delete(firstKey(byDevice));
      return { request, isNew: true, ...(before === undefined ? {} : { replaced: before }) };
    },
    drop(requestId) {
      for (const [deviceId, request] of byDevice) {
        if (request.requestId === requestId) byDevice.delete(deviceId);
      }
    },
  };
}

function asksTheSame(before: PairingRequest, roles: readonly string[], scopes: readonly string[]): boolean {
  return before.roles.length === roles.length && before.scopes.length === scopes.length;
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key;
  return "";
}

export function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])];
}

/** Whether a device holds a role now: it was approved for it and nobody revoked its token since. */
export function holdsRole(device: PairedDevice, role: string): boolean {
  if (!device.roles.includes(role)) return false;
  const token = device.tokens.find((candidate) => candidate.role === role);
  return token?.revokedAtMs === undefined;
}

/** How the latest requests ended, for a device that asks after the fact. */
export function createOutcomes() {
  const kept = new Map<string, RequestState>();
  return {
    note(requestId: string, state: RequestState): void {
      kept.set(requestId, state);
      if (kept.size > POLICY.pairingRequestsMax) kept.delete(firstKey(kept));
    },
    of: (requestId: string): RequestState | undefined => kept.get(requestId),
  };
}

import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { turnEnd } from "../../platform/turn.ts";
import type { Publisher } from "../events.ts";
import { namedBy } from "./by-name.ts";
import { pageOf } from "./history.ts";
import type { Approvals, Opened, Party, Verdict } from "./index.ts";
import {
  type ApprovalKind,
  type ApprovalRecord,
  type Decision,
  type Ending,
  toSessionApproval,
  toWireApproval,
} from "./record.ts";
import { checkedId, execRequest, isDecision, pluginRequest, type RequestParams } from "./requests.ts";
import type { ApprovalStore } from "./store.ts";
import { mayDecide, mayReceive, maySeeLive } from "./visibility.ts";

export interface ApprovalParts {
  readonly store: ApprovalStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  /** Every peer that is connected now. */
  readonly parties: () => readonly Party[];
}

/** Who subscribed to a session's approvals. */
export function approvalsTopic(sessionKey: string): string {
  return `approvals:${sessionKey}`;
}

/** An approval that waits, or ended so short a time ago that who asks late should still be told. */
interface Live {
  record: ApprovalRecord;
  readonly verdict: PromiseWithResolvers<Verdict>;
  timer: Timer;
}

/** Who decides through the gateway itself, where somebody has looked before whether they may. */
const GATEWAY = { connId: "", role: "operator", scopes: ["operator.admin"], caps: [] } as const;

export function createApprovals({ store, clock, ids, events, parties }: ApprovalParts): Approvals {
  const live = new Map<string, Live>();

  const tell = (event: string, record: ApprovalRecord, payload: object, except?: string): void => {
    const connIds = new Set(
      parties()
        .filter((party) => party.connId !== except && mayReceive(record, party))
        .map(({ connId }) => connId),
    );
    if (connIds.size > 0) events.publish(`${record.kind}.approval.${event}`, payload, { connIds });
  };

  /** Tells those who follow the session that it is about, who asked among them. */
  const tellSession = (record: ApprovalRecord, phase: "pending" | "terminal"): void => {
    const { sessionKey } = record.request;
    if (sessionKey === null) return;
    const audience = { topics: [approvalsTopic(sessionKey)] };
    const updatedAtMs = record.ending?.at ?? record.createdAtMs;
    const approval = toSessionApproval(record);
    const payload = { sessionKey, sourceSessionKey: sessionKey, updatedAtMs, phase, approval };
    events.publish("session.approval", payload, audience);
  };

  const tellEnd = (record: ApprovalRecord, ending: Ending, by: string | null): void => {
    const { id, request } = record;
    const decision = ending.decision ?? "deny";
    tellSession(record, "terminal");
    tell("resolved", record, { id, decision, resolvedBy: by, ts: ending.at, request });
  };

  /** Writes the ending down, then it is so. */
  async function end(entry: Live, ending: Ending): Promise<void> {
    entry.timer.cancel();
    entry.record = { ...entry.record, ending };
    entry.timer = clock.after(POLICY.approvalGraceMs, () => live.delete(entry.record.id));
    await store.save(entry.record, POLICY.approvalsKeptMax);
  }

  /** Ends it without anybody's word. */
  async function lapse(entry: Live, how: Pick<Ending, "status" | "reason">): Promise<void> {
    if (entry.record.ending !== undefined) return;
    const ending: Ending = { ...how, at: clock.now(), resolver: { kind: "system" } };
    await end(entry, ending);
    tellEnd(entry.record, ending, null);
    entry.verdict.resolve(verdictOf(entry.record));
  }

  async function open(kind: ApprovalKind, params: RequestParams, asker: Party): Promise<Opened> {
    const asked = kind === "exec" ? execRequest(params) : pluginRequest(params);
    const id = (kind === "exec" ? checkedId(params["id"]) : `plugin:${ids.uuid()}`) ?? ids.uuid();
    if (live.has(id)) throw invalidRequest("approval id already pending");
    if (live.size >= POLICY.approvalsPendingMax || (await store.get(id)) !== undefined) {
      throw new ProtocolError("UNAVAILABLE", "approval request unavailable", { retryable: false });
    }
    const createdAtMs = clock.now();
    const timeoutMs = timeoutOf(kind, params["timeoutMs"]);
    const record: ApprovalRecord = {
      id,
      kind,
      ...asked,
      createdAtMs,
      expiresAtMs: createdAtMs + timeoutMs,
      connId: asker.connId,
      ...(asker.deviceId === undefined ? {} : { deviceId: asker.deviceId }),
      reviewerDeviceIds: reviewers(params["approvalReviewerDeviceIds"]),
    };
    const isRouted = parties().some((party) => party.connId !== asker.connId && mayReceive(record, party));
    const entry: Live = { record, verdict: Promise.withResolvers(), timer: { cancel() {} } };
    live.set(id, entry);
    if (!isRouted) {
      const resolver = { kind: "system", id: "no-approval-route" } as const;
      await end(entry, { status: "denied", reason: "no-route", decision: "deny", at: createdAtMs, resolver });
      entry.verdict.resolve(verdictOf(entry.record));
      return { record: entry.record, isRouted, verdict: entry.verdict.promise };
    }
    entry.timer = clock.after(timeoutMs, () => void lapse(entry, { status: "expired", reason: "timeout" }));
    await store.save(record, POLICY.approvalsKeptMax);
    const { request, expiresAtMs } = record;
    tellSession(record, "pending");
    tell("requested", record, { approvalKind: kind, id, request, createdAtMs, expiresAtMs }, asker.connId);
    return { record, isRouted, verdict: entry.verdict.promise };
  }

  function seen(kind: ApprovalKind, id: string, viewer: Party): Live {
    const entry = live.get(id);
    if (entry?.record.kind !== kind || !maySeeLive(entry.record, viewer)) {
      throw invalidRequest("unknown or expired approval id", {
        details: {
          reason: "APPROVAL_NOT_FOUND",
          remediation: "Re-request the action; pending approvals are cleared after expiry or restart.",
        },
      });
    }
    return entry;
  }

  /** Who waits is told before anybody else hears of it. */
  async function decide(entry: Live, decision: Decision, reason: Ending["reason"], by: Party): Promise<void> {
    const { deviceId, client } = by;
    await end(entry, {
      status: decision === "deny" ? "denied" : "allowed",
      reason,
      decision,
      at: clock.now(),
      resolver:
        deviceId === undefined ? { kind: "runtime", id: client.id } : { kind: "device", id: deviceId },
    });
    entry.verdict.resolve(verdictOf(entry.record));
    await turnEnd();
  }

  const announce = ({ record }: Live, by: Party): void => {
    if (record.ending !== undefined) tellEnd(record, record.ending, by.client.displayName ?? by.client.id);
  };

  async function durable(id: unknown, viewer: Party): Promise<ApprovalRecord> {
    const record = typeof id === "string" ? (live.get(id)?.record ?? (await store.get(id))) : undefined;
    if (record === undefined || !mayDecide(record, viewer)) {
      throw invalidRequest("approval not found", { details: { reason: "APPROVAL_NOT_FOUND" } });
    }
    return record;
  }

  async function resolve(kind: ApprovalKind, id: string, decision: string, reviewer: Party): Promise<void> {
    if (!isDecision(decision)) throw invalidRequest("invalid decision");
    const entry = seen(kind, id, reviewer);
    const { ending, allowedDecisions } = entry.record;
    if (ending !== undefined) {
      if (ending.resolver.kind !== "system" && ending.decision === decision) return;
      throw invalidRequest("approval already resolved", {
        details: { reason: "APPROVAL_ALREADY_RESOLVED" },
      });
    }
    if (!allowedDecisions.includes(decision)) throw notOffered(kind, decision);
    await decide(entry, decision, "user", reviewer);
    announce(entry, reviewer);
  }

  return {
    open,
    pending: (kind, viewer) =>
      [...live.values()]
        .map(({ record }) => record)
        .filter((record) => record.kind === kind && record.ending === undefined && maySeeLive(record, viewer))
        .map(({ id, request, createdAtMs, expiresAtMs }) => ({
          id,
          request: { ...request },
          createdAtMs,
          expiresAtMs,
          approvalKind: kind,
        })),
    replay: (sessionKey, viewer) => ({
      sessionKey,
      updatedAtMs: clock.now(),
      approvals: [...live.values()]
        .map(({ record }) => record)
        .filter(({ request, ending }) => request.sessionKey === sessionKey && ending === undefined)
        .filter((record) => maySeeLive(record, viewer))
        .map((record) => ({ ...toSessionApproval(record), sourceSessionKey: sessionKey })),
      truncated: false,
    }),
    waiting(kind, id, viewer) {
      const { record } = seen(kind, id, viewer);
      return record.ending === undefined ? record : seen(kind, "", viewer).record;
    },
    async wait(kind, id, viewer) {
      const name = typeof id === "string" ? id.trim() : "";
      if (name === "") throw invalidRequest("id is required");
      const entry = live.get(name);
      if (entry?.record.kind !== kind || !maySeeLive(entry.record, viewer)) {
        throw invalidRequest("approval expired or not found");
      }
      const verdict = await entry.verdict.promise;
      return { ...verdict, terminalReason: entry.record.ending?.reason ?? "timeout" };
    },
    resolve,
    async resolveNamed(word, decision, by) {
      const reviewer = { ...GATEWAY, client: { id: by } };
      const record = namedBy(
        word,
        [...live.values()].map((entry) => entry.record),
      );
      await resolve(record?.kind ?? "exec", record?.id ?? word, decision, reviewer);
    },
    async withdraw(id) {
      const entry = live.get(id);
      if (entry !== undefined) await lapse(entry, { status: "cancelled", reason: "run-aborted" });
    },
    async judge(params, reviewer) {
      const record = await durable(params["id"], reviewer);
      const entry = live.get(record.id);
      if (entry === undefined || record.ending !== undefined) {
        return { applied: false, approval: toWireApproval(record) };
      }
      const clear = clearDecision(params, record);
      await decide(entry, clear ?? "deny", clear === undefined ? "malformed-verdict" : "user", reviewer);
      // compat(approvals/plugin-flow): here the reviewer has the answer before the event.
      void turnEnd().then(() => announce(entry, reviewer));
      return { applied: true, approval: toWireApproval(entry.record) };
    },
    get: async (id, viewer) => toWireApproval(await durable(id, viewer)),
    history: (page) => pageOf(store, page),
    async recover() {
      const resolver = { kind: "system" } as const;
      for (const record of await store.waiting()) {
        const ending = { status: "cancelled", reason: "gateway-restart", at: clock.now(), resolver } as const;
        await store.save({ ...record, ending }, POLICY.approvalsKeptMax);
      }
    },
  };
}

/** A member too many, another kind, a decision that was not offered: nothing of that is a clear yes. */
function clearDecision(
  params: RequestParams,
  { kind, allowedDecisions }: ApprovalRecord,
): Decision | undefined {
  const { id: _, kind: said, decision, reviewer: __, grantExpiresInDays: ___, ...rest } = params;
  if (said !== kind || Object.keys(rest).length > 0) return undefined;
  return allowedDecisions.find((allowed) => allowed === decision);
}

function notOffered(kind: ApprovalKind, decision: Decision): ProtocolError {
  if (kind === "exec" && decision === "allow-always") {
    return invalidRequest("allow-always is unavailable for this command", {
      details: { reason: "APPROVAL_ALLOW_ALWAYS_UNAVAILABLE" },
    });
  }
  return invalidRequest(`${decision} is unavailable for this approval`);
}

function verdictOf({ id, ending, createdAtMs, expiresAtMs }: ApprovalRecord): Verdict {
  const isSaid = ending !== undefined && ending.resolver.kind !== "system";
  return { id, decision: isSaid ? (ending.decision ?? null) : null, createdAtMs, expiresAtMs };
}

function timeoutOf(kind: ApprovalKind, wanted: unknown): number {
  if (typeof wanted === "number") return Math.min(wanted, POLICY.timerMsMax);
  return kind === "exec" ? POLICY.execApprovalMs : POLICY.pluginApprovalMs;
}

function reviewers(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
}

import {
  gatewaySuspendPrepare,
  gatewaySuspendResume,
  gatewaySuspendStatus,
} from "../../../schemas/methods/gateway/suspend.ts";
import type { Blocker } from "../../domain/suspension/index.ts";
import { type Method, method } from "../method.ts";

/** When it is worth asking again while something goes on. */
const RETRY_AFTER_MS = 1_000;
/** When it is worth asking again after nothing was begun. */
const BUSY_RETRY_MS = 20_000;

export default [
  method(gatewaySuspendPrepare, ({ params, deps }) => {
    const prepared = deps.suspension.prepare(
      params.requestId,
      params.drain === true,
      params.terminalPolicy !== "terminate",
    );
    const activity = activityOf(prepared.blockers);
    if (prepared.status === "busy") {
      return { status: "busy", reason: "active-work", retryAfterMs: BUSY_RETRY_MS, ...activity };
    }
    const { suspensionId, expiresAtMs } = prepared.lease;
    return {
      status: prepared.status,
      suspensionId,
      expiresAtMs,
      ...(prepared.status === "draining" ? { retryAfterMs: RETRY_AFTER_MS } : {}),
      ...activity,
      writeCustody: [],
    };
  }),
  method(gatewaySuspendStatus, ({ params, deps }) => {
    const lease = deps.suspension.lease(params.suspensionId);
    if (lease === undefined) return { status: "running" };
    const { expiresAtMs } = lease;
    const blockers = deps.suspension.blockers();
    if (blockers.length === 0) return { status: "ready", expiresAtMs, writeCustody: [] };
    return {
      status: "draining",
      expiresAtMs,
      retryAfterMs: RETRY_AFTER_MS,
      ...activityOf(blockers),
      writeCustody: [],
    };
  }),
  method(gatewaySuspendResume, ({ params, deps }) => ({
    ok: true,
    status: "running",
    resumed: deps.suspension.resume(params.suspensionId),
  })),
] satisfies Method[];

function activityOf(blockers: readonly Blocker[]) {
  const activeCount = blockers.reduce((sum, { count }) => sum + count, 0);
  return { activeCount, blockers: blockers.map((blocker) => ({ ...blocker })) };
}

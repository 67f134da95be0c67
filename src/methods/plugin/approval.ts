import {
  pluginApprovalList,
  pluginApprovalRequest,
  pluginApprovalResolve,
  pluginApprovalWaitDecision,
} from "../../../schemas/methods/plugin/approval.ts";
import { type Method, method, TwoResponses } from "../method.ts";
import { mustBelong } from "../target.ts";

const KIND = "plugin";

export default [
  method(pluginApprovalList, ({ caller, deps }) => deps.approvals.pending(KIND, caller)),
  method(pluginApprovalRequest, async ({ params, caller, deps }) => {
    const { sessionKey, agentId } = params;
    mustBelong(deps.sessions, {
      ...(typeof sessionKey === "string" ? { sessionKey } : {}),
      ...(typeof agentId === "string" ? { agentId } : {}),
    });
    const { record, isRouted, verdict } = await deps.approvals.open(KIND, params, caller);
    if (params.twoPhase !== true || !isRouted) return verdict;
    const { id, createdAtMs, expiresAtMs } = record;
    const route = { status: "accepted", deliveryRoute: "approval-client" } as const;
    return new TwoResponses({ ...route, id, createdAtMs, expiresAtMs }, verdict);
  }),
  method(pluginApprovalWaitDecision, ({ params, caller, deps }) =>
    deps.approvals.wait(KIND, params["id"], caller),
  ),
  method(pluginApprovalResolve, async ({ params, caller, deps }) => {
    await deps.approvals.resolve(KIND, params.id, params.decision, caller);
    return { ok: true as const };
  }),
] satisfies Method[];

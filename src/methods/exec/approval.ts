import {
  execApprovalGet,
  execApprovalList,
  execApprovalRequest,
  execApprovalResolve,
  execApprovalWaitDecision,
} from "../../../schemas/methods/exec/approval.ts";
import { previewOf } from "../../domain/approvals/index.ts";
import { type Method, method, TwoResponses } from "../method.ts";

const KIND = "exec";

export default [
  method(execApprovalGet, ({ params, caller, deps }) => {
    const record = deps.approvals.waiting(KIND, params.id, caller);
    const { id, request, allowedDecisions, expiresAtMs } = record;
    const said = (name: string): string | null => {
      const value = request[name];
      return typeof value === "string" ? value : null;
    };
    return {
      id,
      commandText: said("command") ?? "",
      commandPreview: previewOf(request),
      allowedDecisions: [...allowedDecisions],
      host: said("host"),
      nodeId: said("nodeId"),
      agentId: request.agentId,
      expiresAtMs,
    };
  }),
  method(execApprovalList, ({ caller, deps }) => deps.approvals.pending(KIND, caller)),
  method(execApprovalRequest, async ({ params, caller, deps }) => {
    const { record, isRouted, verdict } = await deps.approvals.open(KIND, params, caller);
    // Who asked for two answers gets the first when a reviewer can see it, the second when it is decided.
    if (params.twoPhase !== true || !isRouted) return verdict;
    const { id, createdAtMs, expiresAtMs } = record;
    const route = { status: "accepted", deliveryRoute: "approval-client" } as const;
    return new TwoResponses({ ...route, id, createdAtMs, expiresAtMs }, verdict);
  }),
  method(execApprovalWaitDecision, ({ params, caller, deps }) =>
    deps.approvals.wait(KIND, params["id"], caller),
  ),
  method(execApprovalResolve, async ({ params, caller, deps }) => {
    await deps.approvals.resolve(KIND, params.id, params.decision, caller);
    return { ok: true as const };
  }),
] satisfies Method[];

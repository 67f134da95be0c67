import { approvalGet, approvalHistory, approvalResolve } from "../../../schemas/methods/approval/approval.ts";
import { type Method, method } from "../method.ts";

export default [
  method(approvalGet, async ({ params, caller, deps }) => ({
    approval: await deps.approvals.get(params.id, caller),
  })),
  method(approvalHistory, ({ params, deps }) => deps.approvals.history(params)),
  method(approvalResolve, ({ params, caller, deps }) => deps.approvals.judge(params, caller)),
] satisfies Method[];

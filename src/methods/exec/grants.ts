import { execApprovalGrantsList, execApprovalGrantsRevoke } from "../../../schemas/methods/exec/grants.ts";
import { type Method, method } from "../method.ts";

/** Standing grants are given to automations that run commands; there are no such automations here, so no grants. */
export default [
  method(execApprovalGrantsList, () => ({ grants: [] })),
  method(execApprovalGrantsRevoke, () => ({ outcome: "not-found" as const })),
] satisfies Method[];

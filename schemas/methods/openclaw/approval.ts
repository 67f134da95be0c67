import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { PendingApproval } from "../../shapes/approval.ts";

export const openclawApprovalList = contract({
  method: "openclaw.approval.list",
  access: "operator.approvals",
  sideEffects: false,
  params: null,
  result: Type.Array(PendingApproval),
});

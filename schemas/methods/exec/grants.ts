import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const execApprovalGrantsList = contract({
  method: "exec.approval.grants.list",
  access: "operator.approvals",
  sideEffects: false,
  params: Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ grants: Type.Array(Json) }),
});

export const execApprovalGrantsRevoke = contract({
  method: "exec.approval.grants.revoke",
  access: "operator.approvals",
  sideEffects: true,
  params: Type.Object({ grantId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ outcome: Type.Literal("not-found") }),
});

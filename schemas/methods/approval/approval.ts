import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Approval } from "../../shapes/approval.ts";

export const approvalGet = contract({
  method: "approval.get",
  isTerse: true,
  access: "operator.approvals",
  sideEffects: false,
  params: Type.Object(
    {
      id: Type.String({
        minLength: 1,
        pattern: "^(?!\\.{1,2}$)(?:[^\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])+$",
      }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ approval: Approval }),
});

export const approvalHistory = contract({
  method: "approval.history",
  isTerse: true,
  access: "operator.approvals",
  sideEffects: false,
  params: Type.Object(
    {
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      kind: Type.Optional(
        Type.Union([Type.Literal("exec"), Type.Literal("plugin"), Type.Literal("system-agent")]),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ items: Type.Array(Approval), nextCursor: Type.Optional(Type.String()) }),
});

/** Nothing is refused here: params that are no clear yes are a no, see [AP6]. */
export const approvalResolve = contract({
  method: "approval.resolve",
  access: "operator.approvals",
  sideEffects: true,
  params: null,
  result: Type.Object({ applied: Type.Boolean(), approval: Approval }),
});

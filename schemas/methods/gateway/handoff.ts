import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Name = Type.String({ minLength: 1, maxLength: 128, pattern: "\\S" });

export const gatewaySuspendHandoff = contract({
  method: "gateway.suspend.handoff",
  access: "operator.admin",
  sideEffects: true,
  isTerse: true,
  params: Type.Object(
    {
      suspensionId: Name,
      target: Type.Object(
        { pid: Type.Integer({ minimum: 1 }), processInstanceId: Name },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    status: Type.Literal("armed"),
    suspensionId: Type.String(),
    expiresAtMs: Type.Integer(),
  }),
});

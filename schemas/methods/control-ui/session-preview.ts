import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const controlUiSessionPreview = contract({
  method: "controlUi.sessionPreview",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Union([
    Type.Object({
      status: Type.Literal("ok"),
      sessionKey: Type.String(),
      agentId: Type.String(),
      kind: Type.String(),
      updatedAt: Type.Number(),
      archived: Type.Boolean(),
    }),
    Type.Object({ status: Type.Literal("unavailable") }),
  ]),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const updateReport = contract({
  method: "update.report",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Union([
    Type.Object(
      { action: Type.Literal("preview"), attemptId: Type.String({ minLength: 1, maxLength: 256 }) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        action: Type.Literal("submit"),
        attemptId: Type.String({ minLength: 1, maxLength: 256 }),
        previewDigest: Type.String({ pattern: "^[a-f0-9]{64}$" }),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Never(),
});

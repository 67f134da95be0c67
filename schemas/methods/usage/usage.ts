import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const usageStatus = contract({
  method: "usage.status",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ providers: Type.Array(Type.Unknown()), updatedAt: Type.Integer() }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const systemInfo = contract({
  method: "system.info",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Record(Type.String(), Type.Unknown()),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const status = contract({
  method: "status",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Record(Type.String(), Type.Unknown()),
});

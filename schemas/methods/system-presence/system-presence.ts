import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const systemPresence = contract({
  method: "system-presence",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});

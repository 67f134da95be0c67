import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const health = contract({
  method: "health",
  access: "any",
  sideEffects: false,
  params: null,
  result: Type.Record(Type.String(), Type.Unknown()),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const nativeHookInvoke = contract({
  method: "nativeHook.invoke",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Never(),
});

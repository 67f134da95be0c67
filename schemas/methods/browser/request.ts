import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const browserRequest = contract({
  method: "browser.request",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Record(Type.String(), Type.Unknown()),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const attachRevoke = contract({
  method: "attach.revoke",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

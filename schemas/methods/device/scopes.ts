import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const deviceScopesRequestUpgrade = contract({
  method: "device.scopes.requestUpgrade",
  access: "none",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

export const deviceScopesWaitUpgrade = contract({
  method: "device.scopes.waitUpgrade",
  access: "none",
  sideEffects: true,
  params: null,
  result: Type.Unknown(),
});

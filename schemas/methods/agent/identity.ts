import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agentIdentityGet = contract({
  method: "agent.identity.get",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Unknown(),
});

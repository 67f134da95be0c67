import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agentsList = contract({
  method: "agents.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Unknown(),
});

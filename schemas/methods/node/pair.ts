import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { NodeRow } from "../../shapes/node.ts";

export const nodePairList = contract({
  method: "node.pair.list",
  access: "operator.pairing",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ pending: Type.Array(NodeRow), paired: Type.Array(NodeRow) }),
});

export const nodePairApprove = contract({
  method: "node.pair.approve",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ requestId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ requestId: Type.String(), node: NodeRow }),
});

export const nodePairReject = contract({
  method: "node.pair.reject",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ requestId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: NodeRow,
});

export const nodePairRemove = contract({
  method: "node.pair.remove",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object({ nodeId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ nodeId: Type.String() }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { NodeRow } from "../../shapes/node.ts";

export const nodeList = contract({
  method: "node.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ ts: Type.Integer(), nodes: Type.Array(NodeRow) }),
});

export const nodeDescribe = contract({
  method: "node.describe",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ nodeId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: NodeRow,
});

export const nodeRename = contract({
  method: "node.rename",
  access: "operator.pairing",
  sideEffects: true,
  params: Type.Object(
    { nodeId: Type.String({ minLength: 1 }), displayName: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ nodeId: Type.String(), displayName: Type.String() }),
});

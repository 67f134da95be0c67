import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const fsListDir = contract({
  method: "fs.listDir",
  access: "operator.write",
  sideEffects: true,
  paramsRefusal: "invalid fs parameters",
  params: Type.Object(
    {
      path: Type.Optional(Type.String({ minLength: 1 })),
      nodeId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    path: Type.String(),
    parent: Type.Optional(Type.String()),
    home: Type.String(),
    entries: Type.Array(
      Type.Object({ name: Type.String(), path: Type.String(), hidden: Type.Optional(Type.Boolean()) }),
    ),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const logsTail = contract({
  method: "logs.tail",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      cursor: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
      maxBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000000 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    file: Type.String(),
    cursor: Type.Integer(),
    size: Type.Integer(),
    lines: Type.Array(Type.String()),
    truncated: Type.Boolean(),
    reset: Type.Boolean(),
    skippedBytes: Type.Optional(Type.Integer()),
  }),
});

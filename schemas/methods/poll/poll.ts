import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const poll = contract({
  method: "poll",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      to: Type.String({ minLength: 1 }),
      question: Type.String({ minLength: 1 }),
      options: Type.Array(Type.String({ minLength: 1 }), { minItems: 2, maxItems: 12 }),
      maxSelections: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
      durationSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 604800 })),
      durationHours: Type.Optional(Type.Integer({ minimum: 1 })),
      silent: Type.Optional(Type.Boolean()),
      isAnonymous: Type.Optional(Type.Boolean()),
      threadId: Type.Optional(Type.String()),
      channel: Type.Optional(Type.String()),
      accountId: Type.Optional(Type.String()),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

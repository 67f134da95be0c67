import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const progressCardGet = contract({
  method: "progressCard.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ card: Type.Union([Json, Type.Null()]) }),
});

export const progressCardPut = contract({
  method: "progressCard.put",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      markdown: Type.Optional(Type.String()),
      plan: Type.Optional(
        Type.Array(
          Type.Object(
            {
              step: Type.String({ minLength: 1 }),
              status: Type.Union([
                Type.Literal("pending"),
                Type.Literal("in_progress"),
                Type.Literal("completed"),
              ]),
            },
            { additionalProperties: false },
          ),
          { maxItems: 50 },
        ),
      ),
      expectedRevision: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ card: Type.Union([Json, Type.Null()]) }),
});

export const progressCardRefresh = contract({
  method: "progressCard.refresh",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const boardGet = contract({
  method: "board.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    revision: Type.Number(),
    tabs: Type.Array(Json),
    widgets: Type.Array(Json),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const boardEvent = contract({
  method: "board.event",
  access: "operator.write",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        sessionKey: Type.String({ minLength: 1 }),
        agentId: Type.Optional(Type.String({ minLength: 1 })),
        widget: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
        payload: Type.Unknown(),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      { ticket: Type.String({ minLength: 1, maxLength: 2048 }), payload: Type.Unknown() },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Object({ ok: Type.Literal(true), appended: Type.Boolean() }),
});

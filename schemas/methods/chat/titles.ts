import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const chatToolTitles = contract({
  method: "chat.toolTitles",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      items: Type.Array(
        Type.Object(
          {
            id: Type.String({ minLength: 1, maxLength: 64 }),
            name: Type.String({ minLength: 1, maxLength: 200 }),
            input: Type.String({ minLength: 1, maxLength: 4000 }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 24 },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    disabled: Type.Optional(Type.Boolean()),
    titles: Type.Record(Type.String(), Type.String()),
  }),
});

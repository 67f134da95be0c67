import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const commandsList = contract({
  method: "commands.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      provider: Type.Optional(Type.String({ minLength: 1 })),
      scope: Type.Optional(Type.Union([Type.Literal("text"), Type.Literal("native"), Type.Literal("both")])),
      includeArgs: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const toolsInvoke = contract({
  method: "tools.invoke",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      name: Type.String({ minLength: 1 }),
      args: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
      ),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      confirm: Type.Optional(Type.Boolean()),
      idempotencyKey: Type.Optional(Type.String({ minLength: 1 })),
      conversationReadOrigin: Type.Optional(Type.Literal("direct-operator")),
    },
    { additionalProperties: false },
  ),
  result: Type.Union([
    Type.Object({
      ok: Type.Literal(true),
      toolName: Type.String(),
      output: Type.Object({
        content: Type.Array(Type.Object({ type: Type.Literal("text"), text: Type.String() })),
        details: Type.Unknown(),
      }),
      source: Type.Literal("core"),
    }),
    Type.Object({
      ok: Type.Literal(false),
      toolName: Type.String(),
      error: Type.Object({ code: Type.String(), message: Type.String() }),
    }),
  ]),
});

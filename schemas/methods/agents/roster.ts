import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agentsCreate = contract({
  method: "agents.create",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      name: Type.String({ minLength: 1 }),
      workspace: Type.Optional(Type.String({ minLength: 1 })),
      model: Type.Optional(Type.String({ minLength: 1 })),
      emoji: Type.Optional(Type.String()),
      avatar: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    agentId: Type.String(),
    name: Type.String(),
    workspace: Type.String(),
    model: Type.Optional(Type.String()),
  }),
});

export const agentsUpdate = contract({
  method: "agents.update",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      name: Type.Optional(Type.String({ minLength: 1 })),
      workspace: Type.Optional(Type.String({ minLength: 1 })),
      model: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      agentRuntime: Type.Optional(Type.String({ minLength: 1 })),
      emoji: Type.Optional(Type.String()),
      avatar: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), agentId: Type.String() }),
});

export const agentsDelete = contract({
  method: "agents.delete",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { agentId: Type.String({ minLength: 1 }), deleteFiles: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    agentId: Type.String(),
    removedBindings: Type.Integer(),
    removed: Type.Array(
      Type.Object({
        path: Type.String(),
        method: Type.Union([Type.Literal("trash"), Type.Literal("missing")]),
      }),
    ),
    failed: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
    purgeFailed: Type.Optional(Type.Literal(true)),
  }),
});

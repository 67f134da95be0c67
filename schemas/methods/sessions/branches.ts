import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsFork = contract({
  method: "sessions.fork",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      entryId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessionKey: Type.String(), editorText: Type.String() }),
});

export const sessionsRewind = contract({
  method: "sessions.rewind",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      entryId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ editorText: Type.String() }),
});

export const sessionsBranchesList = contract({
  method: "sessions.branches.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    branches: Type.Array(
      Type.Object({
        leafEntryId: Type.String(),
        headline: Type.String(),
        messageCount: Type.Number(),
        updatedAt: Type.String(),
        active: Type.Boolean(),
      }),
    ),
  }),
});

export const sessionsBranchesSwitch = contract({
  method: "sessions.branches.switch",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      leafEntryId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionMembersList = contract({
  method: "session.members.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    members: Type.Array(Json),
    identities: Type.Array(Json),
    role: Type.String(),
    allowedVisibilities: Type.Array(Type.String()),
  }),
});

export const sessionMembersListEvidence = contract({
  method: "session.members.listEvidence",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    members: Type.Array(Json),
    identities: Type.Array(Json),
    role: Type.String(),
    allowedVisibilities: Type.Array(Type.String()),
  }),
});

export const sessionMembersAdd = contract({
  method: "session.members.add",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      identityId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), sessionKey: Type.String(), identityId: Type.String() }),
});

export const sessionMembersRemove = contract({
  method: "session.members.remove",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      identityId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), sessionKey: Type.String(), identityId: Type.String() }),
});

export const sessionVisibilitySet = contract({
  method: "session.visibility.set",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      visibility: Type.Union([
        Type.Literal("shared"),
        Type.Literal("read-only"),
        Type.Literal("suggest"),
        Type.Literal("draft"),
      ]),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), sessionKey: Type.String(), visibility: Type.String() }),
});

export const sessionTyping = contract({
  method: "session.typing",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.String({ minLength: 1 }),
      typing: Type.Boolean(),
      preview: Type.Optional(Type.String({ maxLength: 400 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), broadcast: Type.Boolean() }),
});

export const sessionPublicShareSet = contract({
  method: "session.publicShare.set",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      expectedSessionId: Type.String({ minLength: 1 }),
      enabled: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

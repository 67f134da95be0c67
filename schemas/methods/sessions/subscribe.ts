import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { SessionsPage } from "../../shapes/session.ts";
import { sessionsList } from "./list.ts";

export const sessionsSubscribe = contract({
  method: "sessions.subscribe",
  access: "operator.read",
  sideEffects: false,
  params: sessionsList.params,
  result: Type.Object({ subscribed: Type.Literal(true), list: Type.Optional(SessionsPage) }),
});

export const sessionsMessagesSubscribe = contract({
  method: "sessions.messages.subscribe",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      includeApprovals: Type.Optional(Type.Boolean({ const: true })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    subscribed: Type.Literal(true),
    key: Type.String(),
    approvalReplay: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
});

export const sessionsMessagesUnsubscribe = contract({
  method: "sessions.messages.unsubscribe",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { key: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ subscribed: Type.Literal(false), key: Type.String() }),
});

export const sessionsViewersSet = contract({
  method: "sessions.viewers.set",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKeys: Type.Array(Type.String({ minLength: 1, maxLength: 512 }), { maxItems: 32 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessionKeys: Type.Array(Type.String()) }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsObserverVisibility = contract({
  method: "sessions.observer.visibility",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ visible: Type.Boolean() }, { additionalProperties: false }),
  result: Type.Object({ ok: Type.Literal(true) }),
});

export const sessionsCompanionState = contract({
  method: "sessions.companion.state",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ exchanges: Type.Array(Json) }),
});

export const sessionsCompanionReset = contract({
  method: "sessions.companion.reset",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true) }),
});

export const sessionsCompanionAsk = contract({
  method: "sessions.companion.ask",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      question: Type.String({ minLength: 1, maxLength: 400 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsActivitySummaryEnsure = contract({
  method: "sessions.activitySummary.ensure",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessions: Type.Array(
        Type.Object(
          { key: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessions: Type.Array(Json) }),
});

export const sessionsTitlePrepare = contract({
  method: "sessions.title.prepare",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      message: Type.String({ maxLength: 1000 }),
      model: Type.Optional(Type.String({ minLength: 1 })),
      catalogId: Type.Optional(Type.String({ minLength: 1 })),
      incognito: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ title: Type.Union([Type.String(), Type.Null()]) }),
});

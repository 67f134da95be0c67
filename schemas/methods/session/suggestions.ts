import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionSuggestionsList = contract({
  method: "session.suggestions.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ role: Type.String(), suggestions: Type.Array(Json) }),
});

export const sessionSuggestionsAdd = contract({
  method: "session.suggestions.add",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      text: Type.String({ minLength: 1, maxLength: 32768 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ suggestion: Json }),
});

export const sessionSuggestionsResolve = contract({
  method: "session.suggestions.resolve",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      id: Type.String({ minLength: 1 }),
      resolution: Type.Union([
        Type.Literal("send"),
        Type.Literal("queue"),
        Type.Literal("edit"),
        Type.Literal("dismiss"),
      ]),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ suggestion: Json }),
});

export const sessionDiscussionInfo = contract({
  method: "session.discussion.info",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ state: Type.String() }),
});

export const sessionDiscussionOpen = contract({
  method: "session.discussion.open",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { sessionKey: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ state: Type.String() }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json, SessionRow, SessionsPage } from "../../shapes/session.ts";

export const sessionsList = contract({
  method: "sessions.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
      offset: Type.Optional(Type.Integer({ minimum: 0 })),
      activeMinutes: Type.Optional(Type.Integer({ minimum: 1 })),
      activeOnly: Type.Optional(Type.Boolean()),
      requireLastInteraction: Type.Optional(Type.Boolean()),
      sortBy: Type.Optional(
        Type.Union([Type.Literal("updatedAt"), Type.Literal("lastInteractionAt"), Type.Literal("activity")]),
      ),
      includeGlobal: Type.Optional(Type.Boolean()),
      includeUnknown: Type.Optional(Type.Boolean()),
      excludeSubagents: Type.Optional(Type.Boolean()),
      excludeCron: Type.Optional(Type.Boolean()),
      excludeSystem: Type.Optional(Type.Boolean()),
      configuredAgentsOnly: Type.Optional(Type.Boolean()),
      includeDerivedTitles: Type.Optional(Type.Boolean()),
      includeLastMessage: Type.Optional(Type.Boolean()),
      includeActivitySummary: Type.Optional(Type.Boolean()),
      label: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      projectId: Type.Optional(Type.String({ minLength: 1 })),
      workspaceDir: Type.Optional(Type.String({ minLength: 1 })),
      group: Type.Optional(Type.String()),
      pinned: Type.Optional(Type.Boolean()),
      boardFace: Type.Optional(Type.Union([Type.Literal("chat"), Type.Literal("dashboard")])),
      hasBoard: Type.Optional(Type.Boolean()),
      creatorId: Type.Optional(Type.String({ minLength: 1 })),
      ownerId: Type.Optional(Type.String({ minLength: 1 })),
      ownerFirst: Type.Optional(Type.Boolean()),
      involvingMe: Type.Optional(Type.Boolean()),
      profileRelation: Type.Optional(
        Type.Object(
          {
            profileId: Type.String({ minLength: 1 }),
            relationship: Type.Union([
              Type.Literal("owned"),
              Type.Literal("created"),
              Type.Literal("involving"),
            ]),
          },
          { additionalProperties: false },
        ),
      ),
      involvingProfileId: Type.Optional(Type.String({ minLength: 1 })),
      includePeople: Type.Optional(Type.Boolean()),
      spawnedBy: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      search: Type.Optional(Type.String()),
      archived: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("all")])),
    },
    { additionalProperties: false },
  ),
  result: SessionsPage,
});

export const sessionsDescribe = contract({
  method: "sessions.describe",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      includeDerivedTitles: Type.Optional(Type.Boolean()),
      includeLastMessage: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ session: Type.Union([SessionRow, Type.Null()]) }),
});

export const sessionsResolve = contract({
  method: "sessions.resolve",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      key: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.Optional(Type.String({ minLength: 1 })),
      label: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      reference: Type.Optional(
        Type.Object(
          { key: Type.String({ minLength: 1 }), slug: Type.Optional(Type.String({ minLength: 1 })) },
          { additionalProperties: false },
        ),
      ),
      shortId: Type.Optional(Type.String({ minLength: 1 })),
      slugHint: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      spawnedBy: Type.Optional(Type.String({ minLength: 1 })),
      includeGlobal: Type.Optional(Type.Boolean()),
      includeUnknown: Type.Optional(Type.Boolean()),
      allowMissing: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Boolean(),
    key: Type.Optional(Type.String()),
    agentId: Type.Optional(Type.String()),
    displayName: Type.Optional(Type.String()),
  }),
});

export const sessionsPreview = contract({
  method: "sessions.preview",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      keys: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
      maxChars: Type.Optional(Type.Integer({ minimum: 20 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ts: Type.Number(),
    previews: Type.Array(
      Type.Object({
        key: Type.String(),
        status: Type.String(),
        items: Type.Array(Type.Object({ role: Type.String(), text: Type.String() })),
      }),
    ),
  }),
});

export const sessionsGet = contract({
  method: "sessions.get",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ messages: Type.Array(Json) }),
});

export const sessionsSearch = contract({
  method: "sessions.search",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKeys: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 200 })),
      scope: Type.Optional(
        Type.Object(
          {
            activeMinutes: Type.Optional(Type.Integer({ minimum: 1 })),
            activeOnly: Type.Optional(Type.Boolean()),
            requireLastInteraction: Type.Optional(Type.Boolean()),
            sortBy: Type.Optional(
              Type.Union([
                Type.Literal("updatedAt"),
                Type.Literal("lastInteractionAt"),
                Type.Literal("activity"),
              ]),
            ),
            includeGlobal: Type.Optional(Type.Boolean()),
            includeUnknown: Type.Optional(Type.Boolean()),
            excludeSubagents: Type.Optional(Type.Boolean()),
            excludeCron: Type.Optional(Type.Boolean()),
            excludeSystem: Type.Optional(Type.Boolean()),
            configuredAgentsOnly: Type.Optional(Type.Boolean()),
            label: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
            projectId: Type.Optional(Type.String({ minLength: 1 })),
            workspaceDir: Type.Optional(Type.String({ minLength: 1 })),
            group: Type.Optional(Type.String()),
            pinned: Type.Optional(Type.Boolean()),
            boardFace: Type.Optional(Type.Union([Type.Literal("chat"), Type.Literal("dashboard")])),
            hasBoard: Type.Optional(Type.Boolean()),
            creatorId: Type.Optional(Type.String({ minLength: 1 })),
            ownerId: Type.Optional(Type.String({ minLength: 1 })),
            involvingMe: Type.Optional(Type.Boolean()),
            profileRelation: Type.Optional(
              Type.Object(
                {
                  profileId: Type.String({ minLength: 1 }),
                  relationship: Type.Union([
                    Type.Literal("owned"),
                    Type.Literal("created"),
                    Type.Literal("involving"),
                  ]),
                },
                { additionalProperties: false },
              ),
            ),
            involvingProfileId: Type.Optional(Type.String({ minLength: 1 })),
            spawnedBy: Type.Optional(Type.String({ minLength: 1 })),
            agentId: Type.Optional(Type.String({ minLength: 1 })),
            search: Type.Optional(Type.String()),
            archived: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("all")])),
          },
          { additionalProperties: false },
        ),
      ),
      query: Type.String({ minLength: 1, maxLength: 4096 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 25 })),
    },
    {
      not: { required: ["scope"], anyOf: [{ required: ["agentId"] }, { required: ["sessionKeys"] }] },
      additionalProperties: false,
    },
  ),
  result: Type.Object({
    results: Type.Array(
      Type.Object({
        sessionKey: Type.String(),
        sessionId: Type.String(),
        messageId: Type.String(),
        role: Type.String(),
        timestamp: Type.Number(),
        snippet: Type.String(),
        score: Type.Number(),
      }),
    ),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsCatalogList = contract({
  method: "sessions.catalog.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      catalogId: Type.Optional(Type.String({ minLength: 1 })),
      metadataOnly: Type.Optional(Type.Boolean()),
      cursors: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: "object",
          patternProperties: { "^.*$": { type: "string" } },
        }),
      ),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      progressId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      allowPartialResults: Type.Optional(Type.Boolean()),
      search: Type.Optional(Type.String()),
      limitPerHost: Type.Optional(Type.Integer({ minimum: 1 })),
      hostIds: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ catalogs: Type.Array(Json) }),
});

export const sessionsCatalogRead = contract({
  method: "sessions.catalog.read",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      catalogId: Type.String({ minLength: 1 }),
      hostId: Type.String({ minLength: 1 }),
      threadId: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sourceHomeId: Type.Optional(Type.String({ minLength: 1 })),
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
      cursor: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsCatalogContinue = contract({
  method: "sessions.catalog.continue",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      catalogId: Type.String({ minLength: 1 }),
      hostId: Type.String({ minLength: 1 }),
      threadId: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sourceHomeId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsCatalogArchive = contract({
  method: "sessions.catalog.archive",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      catalogId: Type.String({ minLength: 1 }),
      hostId: Type.String({ minLength: 1 }),
      threadId: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sourceHomeId: Type.Optional(Type.String({ minLength: 1 })),
      confirmNoOtherRunner: Type.Boolean({ const: true }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsCatalogStartTerminal = contract({
  method: "sessions.catalog.startTerminal",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      catalogId: Type.String({ minLength: 1 }),
      hostId: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.String({ minLength: 1 }),
      cwd: Type.String({ minLength: 1, maxLength: 4096 }),
      initialMessage: Type.Optional(Type.String({ maxLength: 16384 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

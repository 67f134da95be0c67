import { type Static, Type } from "@sinclair/typebox";

/** Members that come and go with what happened in a session. */
const OPEN = { additionalProperties: true };

export const Json = Type.Record(Type.String(), Type.Unknown());
export type Json = Static<typeof Json>;

/** The members that every row of `sessions.list`, `sessions.describe` and the events has. */
export const SessionRow = Type.Object(
  {
    key: Type.String(),
    sessionId: Type.String(),
    agentId: Type.String(),
    kind: Type.String(),
    classification: Type.String(),
    isMain: Type.Boolean(),
    isBackground: Type.Boolean(),
    visibility: Type.String(),
    createdVia: Type.String(),
    createdAt: Type.Number(),
    updatedAt: Type.Number(),
    archived: Type.Boolean(),
    pinned: Type.Boolean(),
    unread: Type.Boolean(),
    modelProvider: Type.String(),
    model: Type.String(),
    snapshotAt: Type.Number(),
    sharingRole: Type.String(),
  },
  OPEN,
);

export type SessionRow = Static<typeof SessionRow>;

/** The stored entry, as `sessions.create`, `sessions.patch` and `sessions.reset` show it. */
export const SessionEntry = Type.Object(
  {
    sessionId: Type.String(),
    lifecycleRevision: Type.String(),
    updatedAt: Type.Number(),
    createdVia: Type.String(),
    createdAt: Type.Number(),
  },
  OPEN,
);

export type SessionEntry = Static<typeof SessionEntry>;

export const SessionsPage = Type.Object(
  {
    ts: Type.Number(),
    path: Type.String(),
    count: Type.Number(),
    totalCount: Type.Number(),
    limitApplied: Type.Number(),
    nextOffset: Type.Union([Type.Number(), Type.Null()]),
    hasMore: Type.Boolean(),
    owners: Type.Array(Type.Unknown()),
    defaults: Json,
    sessions: Type.Array(SessionRow),
  },
  OPEN,
);
export type SessionsPage = Static<typeof SessionsPage>;

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const CommitLine = Type.Object({ sha: Type.String(), subject: Type.String() });

const ChangedFile = Type.Object({
  path: Type.String(),
  status: Type.String(),
  additions: Type.Integer({ minimum: 0 }),
  deletions: Type.Integer({ minimum: 0 }),
  oldPath: Type.Optional(Type.String()),
  binary: Type.Optional(Type.Boolean()),
  untracked: Type.Optional(Type.Boolean()),
  truncated: Type.Optional(Type.Boolean()),
  patch: Type.Optional(Type.String()),
});

export const sessionsDiff = contract({
  method: "sessions.diff",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      scope: Type.Optional(
        Type.Union([Type.Literal("all"), Type.Literal("uncommitted"), Type.Literal("commit")]),
      ),
      commit: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    root: Type.Optional(Type.String()),
    branch: Type.Optional(Type.String()),
    baseRef: Type.Optional(Type.String()),
    aheadCount: Type.Optional(Type.Integer({ minimum: 0 })),
    commits: Type.Optional(Type.Array(CommitLine)),
    mergeBase: Type.Optional(CommitLine),
    files: Type.Array(ChangedFile),
    additions: Type.Integer({ minimum: 0 }),
    deletions: Type.Integer({ minimum: 0 }),
    truncated: Type.Optional(Type.Boolean()),
    unavailableReason: Type.Optional(
      Type.Union([Type.Literal("unknown_session"), Type.Literal("not_git"), Type.Literal("unknown_commit")]),
    ),
  }),
});

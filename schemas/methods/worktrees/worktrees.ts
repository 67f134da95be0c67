import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Worktree = Type.Object({
  id: Type.String(),
  name: Type.String(),
  repoFingerprint: Type.String(),
  repoRoot: Type.String(),
  path: Type.String(),
  branch: Type.String(),
  baseRef: Type.String(),
  ownerKind: Type.Union([Type.Literal("manual"), Type.Literal("session")]),
  ownerId: Type.Optional(Type.String()),
  snapshotRef: Type.Optional(Type.String()),
  createdAt: Type.Integer(),
  lastActiveAt: Type.Integer(),
  removedAt: Type.Optional(Type.Integer()),
});

export const worktreesList = contract({
  method: "worktrees.list",
  access: "operator.read",
  sideEffects: false,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ worktrees: Type.Array(Worktree) }),
});

export const worktreesRemove = contract({
  method: "worktrees.remove",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object(
    { id: Type.String({ minLength: 1 }), force: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Object({ removed: Type.Boolean(), snapshotRef: Type.String() }),
});

export const worktreesRestore = contract({
  method: "worktrees.restore",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({ id: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Worktree,
});

export const worktreesGc = contract({
  method: "worktrees.gc",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    removed: Type.Array(Type.String()),
    orphansDeleted: Type.Integer(),
    snapshotsPruned: Type.Integer(),
  }),
});

export const worktreesCreate = contract({
  method: "worktrees.create",
  access: "operator.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object(
    {
      repoRoot: Type.String({ minLength: 1 }),
      name: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" })),
      baseRef: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Worktree,
});

export const worktreesBranches = contract({
  method: "worktrees.branches",
  access: "operator.write",
  sideEffects: false,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object(
    {
      repoRoot: Type.String({ minLength: 1 }),
      includeRepositoryStatus: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    branches: Type.Array(Type.Object({ name: Type.String(), kind: Type.String() })),
    defaultBranch: Type.Optional(Type.String()),
    headBranch: Type.Optional(Type.String()),
    repositoryStatus: Type.Optional(Type.String()),
  }),
});

import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const worktreesList = contract({
  method: "worktrees.list",
  access: "operator.read",
  sideEffects: false,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ worktrees: Type.Array(Type.Unknown()) }),
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
  result: Type.Never(),
});

export const worktreesRestore = contract({
  method: "worktrees.restore",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({ id: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Never(),
});

export const worktreesGc = contract({
  method: "worktrees.gc",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  paramsRefusal: "invalid worktrees parameters",
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    removed: Type.Array(Type.Unknown()),
    orphansDeleted: Type.Integer(),
    snapshotsPruned: Type.Integer(),
  }),
});

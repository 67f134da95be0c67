import {
  worktreesBranches,
  worktreesCreate,
  worktreesGc,
  worktreesList,
  worktreesRemove,
  worktreesRestore,
} from "../../../schemas/methods/worktrees/worktrees.ts";
import { ignored } from "../ignored.ts";
import { type Method, method } from "../method.ts";

export default [
  method(worktreesList, async ({ deps }) => ({
    worktrees: (await deps.worktrees.list()).map((worktree) => ({ ...worktree })),
  })),
  method(worktreesCreate, async ({ params, deps }) => ({ ...(await deps.worktrees.create(params)) })),
  method(worktreesBranches, async ({ params, deps }) => ({
    ...(await deps.worktrees.branches(params.repoRoot, params.includeRepositoryStatus === true)),
  })),
  method(worktreesRemove, async ({ params, deps }) => {
    // What was in it is kept either way.
    ignored(params, ["force"]);
    return { ...(await deps.worktrees.remove(params.id)) };
  }),
  method(worktreesRestore, async ({ params, deps }) => ({ ...(await deps.worktrees.restore(params.id)) })),
  method(worktreesGc, async ({ deps }) => ({ ...(await deps.worktrees.collect()) })),
] satisfies Method[];

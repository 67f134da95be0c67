import {
  worktreesGc,
  worktreesList,
  worktreesRemove,
  worktreesRestore,
} from "../../../schemas/methods/worktrees/worktrees.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** This gateway makes no worktrees, so there is none to list, to remove, to bring back or to clear away. */
export default [
  method(worktreesList, () => ({ worktrees: [] })),
  method(worktreesRemove, ({ params }) => {
    throw failure(`unknown active worktree: ${params.id}`);
  }),
  method(worktreesRestore, ({ params }) => {
    throw failure(`worktree ${params.id} is not restorable`);
  }),
  method(worktreesGc, () => ({ removed: [], orphansDeleted: 0, snapshotsPruned: 0 })),
] satisfies Method[];

function failure(text: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", `Error: ${text}`, { retryable: false });
}

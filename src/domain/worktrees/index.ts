export { type Checkout, checkoutOf } from "./checkout.ts";
export { createWorktrees } from "./worktrees.ts";

export interface GitResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git. It never rejects: what git says of a failure is in the result. */
export type GitRunner = (
  args: readonly string[],
  options: {
    readonly folder: string;
    readonly timeoutMs: number;
    readonly env?: Readonly<Record<string, string>>;
  },
) => Promise<GitResult>;

/** A worktree as clients see it. An alias, since results of methods are open records. */
export type Worktree = {
  readonly id: string;
  readonly name: string;
  readonly repoFingerprint: string;
  readonly repoRoot: string;
  readonly path: string;
  readonly branch: string;
  readonly baseRef: string;
  readonly ownerKind: "manual" | "session";
  /** The key of the session that it belongs to. */
  readonly ownerId?: string;
  /** The commit that keeps what was in it when it was removed. */
  readonly snapshotRef?: string;
  readonly createdAt: number;
  readonly lastActiveAt: number;
  readonly removedAt?: number;
};

export type Branch = { readonly name: string; readonly kind: "local" | "remote" };

export type RepositoryStatus = "git" | "not_git" | "unavailable";

export type Branches = {
  readonly branches: Branch[];
  readonly defaultBranch?: string;
  readonly headBranch?: string;
  readonly repositoryStatus?: RepositoryStatus;
};

/**
 * Working copies of repositories, each with a branch of its own, kept beside the state. What was in one that is removed
 * is kept in the repository, so that it can be brought back.
 */
export interface Worktrees {
  /** All of them, the latest first, the removed ones too. */
  list(): Promise<readonly Worktree[]>;
  /** Makes one; one of this name that is there already is given again. */
  create(input: {
    readonly repoRoot: string;
    readonly name?: string;
    readonly baseRef?: string;
    readonly ownerId?: string;
  }): Promise<Worktree>;
  branches(repoRoot: string, withStatus: boolean): Promise<Branches>;
  remove(id: string): Promise<{ readonly removed: boolean; readonly snapshotRef: string }>;
  restore(id: string): Promise<Worktree>;
  /** Takes note of what is gone, and forgets what was kept for long. */
  collect(): Promise<{ removed: string[]; orphansDeleted: number; snapshotsPruned: number }>;
}

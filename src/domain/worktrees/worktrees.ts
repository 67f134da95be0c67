import { createHash } from "node:crypto";
import { mkdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";
import { readBranches } from "./branches.ts";
import { checkoutOf } from "./checkout.ts";
import type { GitRunner, Worktree, Worktrees } from "./index.ts";
import { randomName } from "./names.ts";
import { bringBack, type Git, gitFailure, keepSnapshot } from "./snapshot.ts";

const SCOPE = "worktrees";
const timeoutMs = POLICY.gitTimeoutMs;

export interface WorktreeParts {
  readonly documents: Documents;
  readonly git: GitRunner;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
  /** The folder that they are made in. */
  readonly root: () => string;
}

export function createWorktrees(parts: WorktreeParts): Worktrees {
  const { documents, clock, ids } = parts;
  // One change after the other: two of them must not make the same folder.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  };

  const git: Git = async (folder, args, env = {}) => {
    const result = await parts.git(args, { folder, timeoutMs, env });
    if (result.code !== 0) throw failure(gitFailure(args, result));
    return result.stdout;
  };

  // What stands in the scope was written below and nowhere else.
  const read = async (id: string) => (await documents.read(SCOPE, id)) as Worktree | undefined;
  const write = async (worktree: Worktree): Promise<Worktree> => {
    await documents.write(SCOPE, worktree.id, worktree);
    return worktree;
  };

  async function list(): Promise<Worktree[]> {
    const all = await Promise.all((await documents.names(SCOPE)).map(read));
    const known = all.filter((one) => one !== undefined);
    return known.toSorted((left, right) => right.createdAt - left.createdAt);
  }

  async function rootOf(folder: string): Promise<string> {
    const checkout = await checkoutOf(folder, parts.git);
    if (checkout.kind === "git") return checkout.root;
    if (checkout.kind === "missing") throw failure(`Error: repository does not exist: ${folder}`);
    throw failure(`WorktreeRepositoryError: not a git checkout: ${folder}`);
  }

  async function baseOf(root: string, baseRef: string | undefined): Promise<string> {
    const ref = baseRef ?? "HEAD";
    const args = ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`];
    const found = await parts.git(args, { folder: root, timeoutMs });
    if (found.code === 0) return ref;
    throw failure(
      `InvalidWorktreeBaseRefError: Worktree base ref does not resolve to a commit. Choose a local or remote branch and retry. <- ${gitFailure(args, found)}`,
    );
  }

  async function make(root: string, name: string, baseRef: string, ownerId?: string): Promise<Worktree> {
    const repoFingerprint = fingerprintOf(await realpath(root));
    const place = path.join(parts.root(), repoFingerprint, name);
    const branch = `openclaw/${name}`;
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await git(root, ["worktree", "add", "-b", branch, place, baseRef]);
    const now = clock.now();
    return await write({
      id: ids.uuid(),
      name,
      repoFingerprint,
      repoRoot: root,
      path: place,
      branch,
      baseRef,
      ...(ownerId === undefined
        ? { ownerKind: "manual" as const }
        : { ownerKind: "session" as const, ownerId }),
      createdAt: now,
      lastActiveAt: now,
    });
  }

  async function remove(worktree: Worktree): Promise<Worktree & { readonly snapshotRef: string }> {
    const snapshotRef = `refs/openclaw/snapshots/${worktree.id}`;
    await keepSnapshot(git, worktree.path, snapshotRef);
    await git(worktree.repoRoot, ["worktree", "remove", "--force", worktree.path]);
    await git(worktree.repoRoot, ["branch", "-D", worktree.branch]);
    const removed = { ...worktree, snapshotRef, removedAt: clock.now() };
    await write(removed);
    return removed;
  }

  async function restore(worktree: Worktree, ref: string): Promise<Worktree> {
    const { removedAt: _removedAt, ...known } = worktree;
    await git(known.repoRoot, ["rev-parse", "--verify", `${ref}^{commit}`]);
    await git(known.repoRoot, ["worktree", "add", "-b", known.branch, known.path, `${ref}^`]);
    await bringBack(git, known.path, ref);
    return await write({ ...known, lastActiveAt: clock.now() });
  }

  return {
    list,
    create: ({ repoRoot, name, baseRef, ownerId }) =>
      inTurn(async () => {
        const root = await rootOf(repoRoot);
        const known = (await list()).filter((one) => one.repoRoot === root);
        const same = known.find((one) => one.name === name);
        // What was removed under this name is brought back rather than begun anew.
        if (same?.removedAt !== undefined && same.snapshotRef !== undefined)
          return await restore(same, same.snapshotRef);
        if (same !== undefined) return same;
        const base = await baseOf(root, baseRef);
        return await make(
          root,
          name ?? randomName(ids, new Set(known.map((one) => one.name))),
          base,
          ownerId,
        );
      }),
    async branches(repoRoot, withStatus) {
      const checkout = await checkoutOf(repoRoot, parts.git);
      if (checkout.kind !== "git" && withStatus)
        return { branches: [], repositoryStatus: checkout.kind === "missing" ? "unavailable" : "not_git" };
      const branches = await readBranches(parts.git, await rootOf(repoRoot));
      return { ...branches, ...(withStatus ? { repositoryStatus: "git" } : {}) };
    },
    remove: (id) =>
      inTurn(async () => {
        const worktree = await read(id);
        if (worktree === undefined || worktree.removedAt !== undefined)
          throw failure(`Error: unknown active worktree: ${id}`);
        return { removed: true, snapshotRef: (await remove(worktree)).snapshotRef };
      }),
    restore: (id) =>
      inTurn(async () => {
        const worktree = await read(id);
        if (worktree?.removedAt === undefined || worktree.snapshotRef === undefined)
          throw failure(`Error: worktree ${id} is not restorable`);
        return await restore(worktree, worktree.snapshotRef);
      }),
    collect: () =>
      inTurn(async () => {
        const now = clock.now();
        const removed: string[] = [];
        let snapshotsPruned = 0;
        for (const one of await list()) {
          const isKept = await isFolder(one.path);
          if (one.removedAt === undefined && !isKept) {
            await write({ ...one, removedAt: now });
            removed.push(one.id);
          } else if (one.removedAt !== undefined && now - one.removedAt > POLICY.worktreeSnapshotMs) {
            if (one.snapshotRef !== undefined && (await isFolder(one.repoRoot)))
              await git(one.repoRoot, ["update-ref", "-d", one.snapshotRef]);
            await documents.write(SCOPE, one.id, undefined);
            snapshotsPruned += 1;
          }
        }
        return { removed, orphansDeleted: 0, snapshotsPruned };
      }),
  };
}

async function isFolder(place: string): Promise<boolean> {
  return (await stat(place).catch(() => undefined))?.isDirectory() === true;
}

function fingerprintOf(root: string): string {
  return createHash("sha256").update(root).digest("hex").slice(0, 16);
}

function failure(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}

import { execFile } from "node:child_process";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const run = promisify(execFile);
const git = async (folder: string, ...args: string[]): Promise<string> =>
  (await run("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args])).stdout.trim();

async function repository(stateDir: string): Promise<string> {
  const folder = path.join(stateDir, "repo");
  await mkdir(path.join(folder, "sub"), { recursive: true });
  await git(folder, "init", "-q", "-b", "main");
  await writeFile(path.join(folder, "a"), "a");
  await git(folder, "add", "a");
  await git(folder, "commit", "-qm", "one");
  await git(folder, "branch", "dev");
  return folder;
}

const isThere = async (place: string): Promise<boolean> => (await stat(place).catch(() => null)) !== null;

test("[WT1] a worktree is a real one with a branch of its own, and is given again under its name", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const repoRoot = await repository(gateway.stateDir);

  const made = await client.call("worktrees.create", { repoRoot: path.join(repoRoot, "sub"), name: "t" });
  const again = await client.call("worktrees.create", { repoRoot, name: "t" });
  const other = await client.call("worktrees.create", { repoRoot, baseRef: "dev" });
  const place = String(made.payload["path"]);

  expect(made.payload).toMatchObject({
    repoRoot,
    branch: "openclaw/t",
    baseRef: "HEAD",
    ownerKind: "manual",
  });
  expect(place).toMatch(/worktrees\/[a-f0-9]{16}\/t$/);
  expect(await readFile(path.join(place, "a"), "utf8")).toBe("a");
  expect(await git(place, "symbolic-ref", "--short", "HEAD")).toBe("openclaw/t");
  expect(again.payload).toEqual(made.payload);
  expect(other.payload["name"]).toMatch(/^[a-z]+-[a-z]+/);
  expect((await client.call("worktrees.list", {})).payload["worktrees"]).toHaveLength(2);
});

test("[WT2] what was in a worktree that is removed can be brought back, committed or not", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const repoRoot = await repository(gateway.stateDir);
  const { payload } = await client.call("worktrees.create", { repoRoot, name: "t" });
  const [id, place] = [String(payload["id"]), String(payload["path"])];
  await writeFile(path.join(place, "new"), "dirty");

  const removed = await client.call("worktrees.remove", { id });
  const gone = [await isThere(place), await git(repoRoot, "branch", "--list", "openclaw/*")];
  const twice = await client.call("worktrees.remove", { id });
  const back = await client.call("worktrees.restore", { id });

  await client.call("worktrees.remove", { id });
  const named = await client.call("worktrees.create", { repoRoot, name: "t" });

  expect(named.payload["id"]).toBe(id);
  expect(removed.payload).toEqual({ removed: true, snapshotRef: `refs/openclaw/snapshots/${id}` });
  expect(gone).toEqual([false, ""]);
  expect(twice.error.message).toBe(`Error: unknown active worktree: ${id}`);
  expect(back.payload).not.toHaveProperty("removedAt");
  expect(await readFile(path.join(place, "new"), "utf8")).toBe("dirty");
  expect(await git(place, "status", "--porcelain")).toBe("?? new");
});

test("[WT3] the branches that a worktree could begin at, the one that is checked out first", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const repoRoot = await repository(gateway.stateDir);

  const branches = await client.call("worktrees.branches", { repoRoot, includeRepositoryStatus: true });
  const none = await client.call("worktrees.branches", {
    repoRoot: gateway.stateDir,
    includeRepositoryStatus: true,
  });

  expect(branches.payload).toEqual({
    branches: [
      { name: "main", kind: "local" },
      { name: "dev", kind: "local" },
    ],
    headBranch: "main",
    repositoryStatus: "git",
  });
  expect(none.payload).toEqual({ branches: [], repositoryStatus: "not_git" });
});

test.for([
  ["worktrees.create", { repoRoot: "/" }, "WorktreeRepositoryError: not a git checkout: /"],
  ["worktrees.branches", { repoRoot: "/nope" }, "Error: repository does not exist: /nope"],
  ["worktrees.restore", { id: "x" }, "Error: worktree x is not restorable"],
  ["worktrees.create", { repoRoot: "/", name: "BAD" }, "invalid worktrees parameters"],
  ["worktrees.remove", {}, "invalid worktrees parameters"],
] as const)("[WT4] %s refuses %j", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error.message).toBe(message);
});

test("[WT4] a worktree begins at a commit, and what is gone is noticed", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const repoRoot = await repository(gateway.stateDir);

  const nowhere = await client.call("worktrees.create", { repoRoot, baseRef: "nope" });
  const { payload } = await client.call("worktrees.create", { repoRoot });
  await git(repoRoot, "worktree", "remove", "--force", String(payload["path"]));
  const collected = await client.call("worktrees.gc", {});

  expect(nowhere.error.message).toMatch(/^InvalidWorktreeBaseRefError: Worktree base ref does not resolve/);
  expect(collected.payload).toEqual({ removed: [payload["id"]], orphansDeleted: 0, snapshotsPruned: 0 });
});

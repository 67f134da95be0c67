import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function openRepository({ isEmpty = false } = {}) {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const root = path.join(gateway.stateDir, "project");
  mkdirSync(root);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", "-C", root, ...args]);
  git("init", "-q", "-b", "main");
  writeFileSync(path.join(root, "a.txt"), "a");
  if (!isEmpty) {
    git("add", ".");
    git("commit", "-qm", "first");
  }
  return { client, root, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test("[SE35] a session with a worktree works in it, and takes it along when it is deleted", async () => {
  await using repository = await openRepository();
  const { client, root } = repository;

  const made = await client.call("sessions.create", {
    key: "a",
    worktree: true,
    cwd: root,
    label: "My Work",
  });
  const listed = await client.call("worktrees.list", {});
  const place = String(Reflect.get(Object(made.payload["worktree"]), "path"));
  const wasThere = existsSync(path.join(place, "a.txt"));
  await client.call("sessions.delete", { key: "a" });

  expect(made.payload["worktree"]).toMatchObject({ branch: "openclaw/my-work" });
  expect(made.payload["entry"]).toMatchObject({
    sessionRoot: place,
    spawnedCwd: place,
    worktree: { branch: "openclaw/my-work", repoRoot: root, canonicalWorkspaceDir: root },
  });
  expect(listed.payload["worktrees"]).toMatchObject([{ ownerKind: "session", ownerId: "agent:main:a" }]);
  expect([wasThere, existsSync(place)]).toEqual([true, false]);
});

test("[SE35] a worktree needs a commit to begin at, and one that is there", async () => {
  await using empty = await openRepository({ isEmpty: true });
  await using repository = await openRepository();

  const none = await empty.client.call("sessions.create", { worktree: true, cwd: empty.root });
  const other = await repository.client.call("sessions.create", {
    worktree: true,
    cwd: repository.root,
    worktreeBaseRef: "nope",
  });
  const plain = await repository.client.call("sessions.create", {
    worktree: true,
    cwd: path.dirname(repository.root),
  });

  expect(none.error.message).toBe(
    `git checkout has no commits: ${empty.root}. Create an initial commit, then retry.`,
  );
  expect(other.error.message).toMatch(/^Worktree base ref does not resolve to a commit\./);
  expect(plain.error.message).toBe("agent workspace is not a git checkout");
});

test.for([
  [{ cwd: "relative" }, "sessions.create cwd must be absolute"],
  [
    { cwd: "/no/such/folder" },
    "sessions.create cwd is unavailable: ENOENT: no such file or directory, lstat '/no/such/folder'",
  ],
  [{ cwd: "/dev/null" }, "sessions.create cwd is not a directory"],
  [{ worktreeName: "x" }, "sessions.create worktreeBaseRef/worktreeName require worktree=true"],
  [
    { repository: { url: "https://example.com/a" } },
    "Use a GitHub repository URL and a nonempty branch, tag, or commit ref.",
  ],
  [{ key: "a", parentSessionKey: "main", succeedsParent: true }, "succeedsParent requires emitCommandHooks"],
  [{ key: "a", catalogId: "x" }, "sessions.create catalogId cannot include key"],
] as const)("[SE35] refuses %j", async ([params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("sessions.create", params)).error.message).toBe(text);
});

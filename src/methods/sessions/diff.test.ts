import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

/** A gateway with a session in a checkout: a commit on `main`, one more on `work`, and changes beside them. */
async function openCheckout() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const root = path.join(gateway.stateDir, "project");
  mkdirSync(path.join(root, "sub"), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", "-C", root, ...args], {
      encoding: "utf8",
    }).trim();
  git("init", "-q", "-b", "main");
  writeFileSync(path.join(root, "a.txt"), "one\ntwo\n");
  writeFileSync(path.join(root, "b.bin"), "\0b");
  git("add", ".");
  git("commit", "-qm", "first");
  git("checkout", "-q", "-b", "work");
  writeFileSync(path.join(root, "c.txt"), "c\n");
  git("add", ".");
  git("commit", "-qm", "second");
  await client.call("sessions.create", { key: "a", cwd: root });
  const diff = async (params: object = {}) =>
    (await client.call("sessions.diff", { sessionKey: "a", ...params })).payload;
  return { client, root, git, diff, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test("[SE32] everything since the base branch: what was committed, what was not, and what nobody added", async () => {
  await using checkout = await openCheckout();
  checkout.git("mv", "a.txt", "d.txt");
  rmSync(path.join(checkout.root, "b.bin"));
  writeFileSync(path.join(checkout.root, "sub", "u.txt"), "u\n");

  const changes = await checkout.diff();

  expect(changes).toMatchObject({
    sessionKey: "a",
    branch: "work",
    baseRef: "main",
    aheadCount: 1,
    commits: [{ subject: "second" }],
    mergeBase: { subject: "first" },
    additions: 2,
    deletions: 0,
  });
  expect(changes["files"]).toMatchObject([
    { path: "b.bin", status: "deleted", binary: true },
    { path: "c.txt", status: "added", additions: 1, patch: expect.stringContaining("+c\n") },
    { path: "d.txt", status: "renamed", oldPath: "a.txt" },
    { path: "sub/u.txt", status: "added", untracked: true, patch: expect.stringContaining("+u\n") },
  ]);
});

test("[SE32] one commit of this branch, and no other", async () => {
  await using checkout = await openCheckout();
  const first = checkout.git("rev-parse", "main");

  const own = await checkout.diff({ scope: "commit", commit: "HEAD" });
  const other = await checkout.diff({ scope: "commit", commit: first });
  const option = await checkout.diff({ scope: "commit", commit: "--output=x" });

  expect(own["files"]).toMatchObject([{ path: "c.txt" }]);
  expect(other).toMatchObject({ files: [], unavailableReason: "unknown_commit" });
  expect(option).toMatchObject({ files: [], unavailableReason: "unknown_commit" });
});

test("[SE32] large files and links are named without what is in them", async () => {
  await using checkout = await openCheckout();
  writeFileSync(path.join(checkout.root, "big.txt"), "0123456789\n".repeat(20_000));
  symlinkSync("/etc/passwd", path.join(checkout.root, "link"));

  const changes = await checkout.diff({ scope: "uncommitted" });

  expect(changes).toMatchObject({ truncated: true, additions: 20_000 });
  expect(changes["files"]).toEqual([
    { path: "big.txt", status: "added", additions: 20_000, deletions: 0, untracked: true, truncated: true },
    { path: "link", status: "added", additions: 0, deletions: 0, untracked: true, truncated: true },
  ]);
});

test("[SE32] a folder without version control, a session that is not there, and a commit without its scope", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a", cwd: gateway.stateDir });

  const plain = await client.call("sessions.diff", { sessionKey: "a" });
  const missing = await client.call("sessions.diff", { sessionKey: "none" });
  const odd = await client.call("sessions.diff", { sessionKey: "a", scope: "all", commit: "x" });

  expect(plain.payload["unavailableReason"]).toBe("not_git");
  expect(missing.payload["unavailableReason"]).toBe("unknown_session");
  expect(odd.error.message).toBe(
    "invalid sessions.diff params: commit must be set if and only if scope is commit",
  );
});

import { lstat } from "node:fs/promises";
import path from "node:path";
import {
  type ChangedFile,
  type ChangeQuery,
  type Changes,
  type Checkouts,
  type Commit,
  noChanges,
} from "../../domain/sessions/index.ts";
import { git } from "./git.ts";
import { inPatches, readNumbers, readStatus } from "./read-diff.ts";

const COMMITS_MAX = 50;
const TRACKED_FILES_MAX = 500;
const UNTRACKED_FILES_MAX = 100;
const FILE_PATCH_MAX = 100_000;
const PATCHES_MAX = 1_500_000;
/** Beyond this nobody counts the lines of a file that is not tracked. */
const UNTRACKED_BYTES_MAX = 16 * 1024 * 1024;
/** What a diff is against where nothing was committed yet. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const DIFF = ["diff", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv"];

interface Base {
  readonly branch?: string;
  readonly baseRef?: string;
  readonly mergeBase?: Commit;
  readonly aheadCount?: number;
  readonly commits?: Commit[];
}

export function createCheckouts(): Checkouts {
  return {
    async changes(folder, query) {
      const root = await line(folder, ["rev-parse", "--show-toplevel"]);
      if (root === undefined) return noChanges("not_git");
      const base = await baseOf(root);
      const range = await rangeOf(root, base, query);
      if (range === undefined) return { root, ...base, ...noChanges("unknown_commit") };
      const tracked = await trackedFiles(root, range);
      const untracked =
        query.scope === "commit"
          ? { files: [], truncated: false }
          : await untrackedFiles(root, PATCHES_MAX - sizeOf(tracked.files));
      const files = [...tracked.files, ...untracked.files].sort((left, right) =>
        left.path.localeCompare(right.path, "en"),
      );
      const isCut = tracked.truncated || untracked.truncated || files.some((file) => file.truncated);
      return { root, ...base, ...totalsOf(files), ...(isCut ? { truncated: true } : {}) };
    },
  };
}

function totalsOf(files: ChangedFile[]): Pick<Changes, "files" | "additions" | "deletions"> {
  const sum = (of: (file: ChangedFile) => number) => files.reduce((total, file) => total + of(file), 0);
  return { files, additions: sum((file) => file.additions), deletions: sum((file) => file.deletions) };
}

async function line(root: string, args: readonly string[]): Promise<string | undefined> {
  const text = (await git(root, args))?.text.trim();
  return text === undefined || text === "" ? undefined : text;
}

/** The branch, what it left from, and the commits since. A repository without a commit has none of it. */
async function baseOf(root: string): Promise<Base> {
  const head = await line(root, ["rev-parse", "--verify", "-q", "HEAD"]);
  if (head === undefined) return {};
  const branch = await line(root, ["symbolic-ref", "--short", "-q", "HEAD"]);
  const here = branch === undefined ? {} : { branch };
  const base = await baseBranch(root);
  if (base === undefined || base.name === branch) return { ...here, baseRef: "HEAD" };
  const fork = await line(root, ["merge-base", base.ref, "HEAD"]);
  if (fork === undefined) return { ...here, baseRef: "HEAD" };
  const count = await line(root, ["rev-list", "--count", `${fork}..HEAD`]);
  const commits = await commitsOf(root, [`--max-count=${COMMITS_MAX}`, `${fork}..HEAD`]);
  const [mergeBase] = await commitsOf(root, ["--max-count=1", fork]);
  return {
    ...here,
    baseRef: base.name,
    aheadCount: Number(count ?? 0),
    commits,
    ...(mergeBase === undefined ? {} : { mergeBase }),
  };
}

/** The remote's default branch, or the one of the usual names that is there. */
async function baseBranch(root: string): Promise<{ name: string; ref: string } | undefined> {
  const remote = await line(root, ["symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD"]);
  if (remote !== undefined) return { name: remote.replace(/^origin\//, ""), ref: remote };
  for (const name of ["main", "master"]) {
    const ref = `refs/heads/${name}`;
    if ((await line(root, ["rev-parse", "--verify", "-q", ref])) !== undefined) return { name, ref };
  }
  return undefined;
}

async function commitsOf(root: string, args: readonly string[]): Promise<Commit[]> {
  const text = (await git(root, ["log", "--format=%h%x1f%s", ...args]))?.text ?? "";
  return text
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => {
      const [sha = "", subject = ""] = row.split("\x1f");
      return { sha, subject };
    });
}

/** What is compared with what. Of the commits only those of this branch may be asked for. */
async function rangeOf(root: string, base: Base, query: ChangeQuery): Promise<string[] | undefined> {
  if (query.scope === "commit") {
    const asked = query.commit ?? "";
    const full = /^[\w./-]+$/.test(asked)
      ? await line(root, ["rev-parse", "--verify", "-q", "--end-of-options", `${asked}^{commit}`])
      : undefined;
    if (full === undefined || base.mergeBase === undefined) return undefined;
    const own = await line(root, ["rev-list", `${base.mergeBase.sha}..HEAD`]);
    return own?.split("\n").includes(full) ? [`${full}^`, full] : undefined;
  }
  if (base.baseRef === undefined) return [EMPTY_TREE];
  return [query.scope === "all" && base.mergeBase !== undefined ? base.mergeBase.sha : "HEAD"];
}

async function trackedFiles(
  root: string,
  range: readonly string[],
): Promise<{ files: ChangedFile[]; truncated: boolean }> {
  const status = readStatus((await git(root, [...DIFF, "--name-status", "-z", ...range]))?.text ?? "");
  if (status.length === 0) return { files: [], truncated: false };
  const numbers = readNumbers((await git(root, [...DIFF, "--numstat", "-z", ...range]))?.text ?? "");
  const output = await git(root, [...DIFF, "--patch", ...range], PATCHES_MAX);
  const patches = output === undefined || output.isTooMuch ? undefined : inPatches(output.text);
  const files = status.map((file, index): ChangedFile => {
    const { additions, deletions, binary } = numbers.get(file.path) ?? NO_NUMBERS;
    const patch = patches?.[index];
    const changed = { ...file, additions, deletions };
    if (binary) return { ...changed, binary };
    return patch === undefined || patch.length > FILE_PATCH_MAX
      ? { ...changed, truncated: true }
      : { ...changed, patch };
  });
  return { files: files.slice(0, TRACKED_FILES_MAX), truncated: files.length > TRACKED_FILES_MAX };
}

const NO_NUMBERS = { additions: 0, deletions: 0, binary: false };

function sizeOf(files: readonly ChangedFile[]): number {
  return files.reduce((total, file) => total + (file.patch?.length ?? 0), 0);
}

async function untrackedFiles(
  root: string,
  room: number,
): Promise<{ files: ChangedFile[]; truncated: boolean }> {
  const listed = await git(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
  const names = (listed?.text ?? "").split("\0").filter((name) => name !== "");
  const files: ChangedFile[] = [];
  let left = room;
  for (const name of names.slice(0, UNTRACKED_FILES_MAX)) {
    const file = await untrackedFile(root, name, left);
    left -= file.patch?.length ?? 0;
    files.push(file);
  }
  return { files, truncated: names.length > UNTRACKED_FILES_MAX };
}

/** A file that nobody added yet, as if it were added now. Links are named and not followed. */
async function untrackedFile(root: string, name: string, room: number): Promise<ChangedFile> {
  const added = { path: name, status: "added", additions: 0, deletions: 0 };
  const info = await lstat(path.join(root, name)).catch(() => undefined);
  if (info === undefined || !info.isFile() || info.size > UNTRACKED_BYTES_MAX) {
    return { ...added, untracked: true, truncated: true };
  }
  const against = ["--no-index", "--", "/dev/null", name];
  const numbers = readNumbers((await git(root, [...DIFF, "--numstat", ...against]))?.text ?? "");
  const { additions, binary } = [...numbers.values()][0] ?? NO_NUMBERS;
  if (binary) return { ...added, binary: true, untracked: true };
  const patch = await git(root, [...DIFF, "--patch", ...against], FILE_PATCH_MAX);
  if (patch === undefined || patch.isTooMuch || patch.text.length > room) {
    return { ...added, additions, untracked: true, truncated: true };
  }
  return { ...added, additions, untracked: true, patch: patch.text };
}

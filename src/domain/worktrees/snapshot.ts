import { rm } from "node:fs/promises";
import path from "node:path";
import type { GitResult } from "./index.ts";

/** Runs git in a folder and rejects with what it said when it failed. */
export type Git = (
  folder: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<string>;

const NOBODY = {
  GIT_AUTHOR_NAME: "Understudy",
  GIT_AUTHOR_EMAIL: "understudy@localhost",
  GIT_COMMITTER_NAME: "Understudy",
  GIT_COMMITTER_EMAIL: "understudy@localhost",
};

/** Says which command failed and how, in the words that clients are told. */
export function gitFailure(args: readonly string[], { code, stderr }: GitResult): string {
  const end = args.indexOf("--end-of-options");
  const said = (end < 0 ? args : args.slice(0, end)).join(" ");
  return `CommandExecutionError: git ${said} failed (exit code ${code}):\n${stderr}`;
}

/** Keeps everything that stands in a folder, committed or not, under a name of the repository. */
export async function keepSnapshot(git: Git, folder: string, ref: string): Promise<void> {
  const gitDir = await git(folder, ["rev-parse", "--absolute-git-dir"]);
  const index = path.join(gitDir, "understudy-snapshot-index");
  const env = { ...NOBODY, GIT_INDEX_FILE: index };
  try {
    await git(folder, ["read-tree", "HEAD"], env);
    await git(folder, ["add", "--all"], env);
    const tree = await git(folder, ["write-tree"], env);
    const commit = await git(folder, ["commit-tree", tree, "-p", "HEAD", "-m", "snapshot"], env);
    await git(folder, ["update-ref", ref, commit]);
  } finally {
    await rm(index, { force: true });
  }
}

/** Brings the files of a snapshot into a folder that stands at the commit before it, as changes nobody committed. */
export async function bringBack(git: Git, folder: string, ref: string): Promise<void> {
  await git(folder, ["read-tree", "-u", "--reset", ref]);
  await git(folder, ["reset", "--quiet", "HEAD"]);
}

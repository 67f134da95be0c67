import { POLICY } from "../../../schemas/policy.ts";
import type { Branch, Branches, GitRunner } from "./index.ts";

const timeoutMs = POLICY.gitTimeoutMs;

/** The branches that a worktree could begin at: the one that is checked out first, then the latest first. */
export async function readBranches(git: GitRunner, root: string): Promise<Branches> {
  const line = async (args: readonly string[]): Promise<string | undefined> => {
    const { code, stdout } = await git(args, { folder: root, timeoutMs });
    return code === 0 && stdout !== "" ? stdout : undefined;
  };
  const headBranch = await line(["symbolic-ref", "--short", "-q", "HEAD"]);
  const remoteHead = await line(["symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD"]);
  const listing = await line([
    "for-each-ref",
    "--sort=-committerdate",
    `--count=${POLICY.branchesMax}`,
    "--format=%(refname)",
    "refs/heads",
    "refs/remotes",
  ]);
  const found = (listing ?? "").split("\n").flatMap(toBranch);
  const isHead = ({ name, kind }: Branch): boolean => kind === "local" && name === headBranch;
  const ordered = [...found.filter(isHead), ...found.filter((branch) => !isHead(branch))];
  return {
    branches: ordered,
    ...(remoteHead === undefined ? {} : { defaultBranch: remoteHead }),
    ...(headBranch === undefined ? {} : { headBranch }),
  };
}

function toBranch(ref: string): Branch[] {
  const [, kind, name] = /^refs\/(heads|remotes)\/(.+)$/.exec(ref) ?? [];
  if (name === undefined || name.endsWith("/HEAD")) return [];
  return [{ name, kind: kind === "heads" ? "local" : "remote" }];
}

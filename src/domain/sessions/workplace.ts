import { lstat } from "node:fs/promises";
import path from "node:path";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Worktree, Worktrees } from "../worktrees/index.ts";

/** Where a session is to work, as a client asked for it. */
export interface WorkplaceInput {
  readonly cwd?: string;
  readonly label?: string;
  readonly worktree?: boolean;
  readonly worktreeName?: string;
  readonly worktreeBaseRef?: string;
  readonly repository?: { readonly url: string };
}

export interface Workplace {
  readonly cwd?: string;
  readonly ownWorktree?: Worktree;
}

/** The folder that was asked for, which has to be there; or a worktree of its own, made now. */
export async function prepareWorkplace(
  input: WorkplaceInput,
  parts: { readonly worktrees: Worktrees; readonly workspace: string; readonly key: string | undefined },
): Promise<Workplace> {
  const { cwd, worktree, worktreeName, worktreeBaseRef, repository } = input;
  if (worktree !== true && (worktreeName ?? worktreeBaseRef) !== undefined) {
    throw invalidRequest("sessions.create worktreeBaseRef/worktreeName require worktree=true");
  }
  if (cwd !== undefined) await mustBeFolder(cwd);
  if (repository !== undefined) refuseRepository(repository.url);
  if (worktree !== true) return cwd === undefined ? {} : { cwd };
  const repoRoot = cwd ?? parts.workspace;
  const name = worktreeName ?? slugOf(input.label);
  try {
    const made = await parts.worktrees.create({
      repoRoot,
      ...(name === undefined ? {} : { name }),
      ...(worktreeBaseRef === undefined ? {} : { baseRef: worktreeBaseRef }),
      ...(parts.key === undefined ? {} : { ownerId: parts.key }),
    });
    return { cwd: made.path, ownWorktree: made };
  } catch (error) {
    throw error instanceof ProtocolError ? explain(error.message, repoRoot, worktreeBaseRef) : error;
  }
}

async function mustBeFolder(cwd: string): Promise<void> {
  if (!path.isAbsolute(cwd)) throw invalidRequest("sessions.create cwd must be absolute");
  const info = await lstat(cwd).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidRequest(`sessions.create cwd is unavailable: ${reason}`);
  });
  if (!info.isDirectory()) throw invalidRequest("sessions.create cwd is not a directory");
}

function refuseRepository(url: string): never {
  if (!/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(url)) {
    throw invalidRequest("Use a GitHub repository URL and a nonempty branch, tag, or commit ref.");
  }
  throw new ProtocolError(
    "UNAVAILABLE",
    "sessions of a remote repository are not available on this gateway",
    {
      retryable: false,
    },
  );
}

/** A session says in its own words why it has no worktree. */
function explain(text: string, repoRoot: string, baseRef: string | undefined): ProtocolError {
  if (text.startsWith("WorktreeRepositoryError"))
    return invalidRequest("agent workspace is not a git checkout");
  if (!text.startsWith("InvalidWorktreeBaseRefError: ")) return invalidRequest(text);
  if (baseRef === undefined) {
    return invalidRequest(`git checkout has no commits: ${repoRoot}. Create an initial commit, then retry.`);
  }
  return invalidRequest(
    text.replace("InvalidWorktreeBaseRefError: ", "").replace(/ <- (?:CommandExecutionError: )?/, " | "),
  );
}

function slugOf(label: string | undefined): string | undefined {
  const slug = label
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64);
  return slug === "" ? undefined : slug;
}

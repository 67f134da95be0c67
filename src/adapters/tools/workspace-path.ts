import { realpath } from "node:fs/promises";
import path from "node:path";

/** The model named a place that is not its own. */
export class OutsideWorkspaceError extends Error {
  override readonly name = "OutsideWorkspaceError";
}

/**
 * The absolute path for what a model wrote, and never one outside the workspace: not by `..`, not by an absolute
 * path, not through a link in any part that exists.
 */
export async function inWorkspace(workspace: string, given: string): Promise<string> {
  const root = await realpath(workspace);
  const wanted = path.resolve(workspace, given.startsWith("@") ? given.slice(1) : given);
  const real = await realpathOfExisting(wanted);
  if (!isInside(root, real)) throw new OutsideWorkspaceError(`Path escapes workspace root: ${given}`);
  return real;
}

function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

/** Links are followed in the part that exists; what does not exist yet is put behind it. */
async function realpathOfExisting(target: string): Promise<string> {
  const missing: string[] = [];
  for (let current = target; ; current = path.dirname(current)) {
    try {
      return path.join(await realpath(current), ...missing);
    } catch (error) {
      if (!isMissing(error) || path.dirname(current) === current) throw error;
      missing.unshift(path.basename(current));
    }
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

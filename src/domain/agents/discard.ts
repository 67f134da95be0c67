import { access, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { Agent } from "./index.ts";

export interface Discarded {
  readonly removed: { path: string; method: "trash" | "missing" }[];
  readonly failed: { path: string; reason: string }[];
}

/**
 * Moves what an agent leaves behind into the state folder's trash, where a person can take it back. A workspace that
 * another agent works in, or inside, stays.
 */
export async function discardAgentFiles(
  agent: Agent,
  context: { readonly others: readonly Agent[]; readonly stateDir: string; readonly id: string },
): Promise<Discarded> {
  const home = path.join(context.stateDir, "agents", agent.id);
  const isShared = context.others.some(({ workspace }) => overlap(workspace, agent.workspace));
  const folders = [path.join(home, "agent"), path.join(home, "sessions")];
  if (!isShared) folders.push(agent.workspace);
  const trash = path.join(context.stateDir, "trash", `${agent.id}-${context.id}`);
  const discarded: Discarded = { removed: [], failed: [] };
  for (const [index, folder] of folders.entries()) {
    try {
      await access(folder);
    } catch {
      discarded.removed.push({ path: folder, method: "missing" });
      continue;
    }
    try {
      await mkdir(trash, { recursive: true });
      await rename(folder, path.join(trash, `${index}-${path.basename(folder)}`));
      discarded.removed.push({ path: folder, method: "trash" });
    } catch (error) {
      discarded.failed.push({ path: folder, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return discarded;
}

function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return (
    relative === "" ||
    (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}

import { access, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { Agent } from "./index.ts";

export interface Discarded {
  readonly removed: { path: string; method: "trash" | "missing" }[];
  readonly failed: { path: string; reason: string }[];
}

/** Where a reference in the same state folder would have kept the agent's sessions. */
const DATABASE = "openclaw-agent.sqlite";

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
  const database = path.join(home, "agent", DATABASE);
  const places = [
    ...["", "-journal", "-shm", "-wal"].map((suffix) => `${database}${suffix}`),
    path.join(home, "agent"),
    path.join(home, "sessions"),
  ];
  if (!isShared) places.push(agent.workspace);
  const trash = path.join(context.stateDir, "trash", `${agent.id}-${context.id}`);
  const discarded: Discarded = { removed: [], failed: [] };
  for (const [index, place] of places.entries()) {
    try {
      await access(place);
    } catch {
      discarded.removed.push({ path: place, method: "missing" });
      continue;
    }
    try {
      await mkdir(trash, { recursive: true });
      await rename(place, path.join(trash, `${index}-${path.basename(place)}`));
      discarded.removed.push({ path: place, method: "trash" });
    } catch (error) {
      discarded.failed.push({ path: place, reason: error instanceof Error ? error.message : String(error) });
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

import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { CONTEXT_FILES, type ContextFile } from "../../domain/runs/index.ts";

/** A file larger than this is left out: it would not fit a prompt anyway. */
const FILE_BYTES_MAX = 1_048_576;
/** Workspaces whose files are remembered. */
const WORKSPACES_MAX = 256;

interface Known {
  readonly stamp: string;
  readonly file: ContextFile | undefined;
}

/**
 * Reads the files that tell an agent who it is; what is missing or cannot be read is left out. A file is read again
 * when its time or size changed: looking takes microseconds, and every turn asks.
 */
export function createContextFiles(): (workspace: string) => Promise<readonly ContextFile[]> {
  const known = new Map<string, Map<string, Known>>();
  return async (workspace) => {
    const files = known.get(workspace) ?? new Map<string, Known>();
    if (known.size >= WORKSPACES_MAX) known.clear();
    known.set(workspace, files);
    return CONTEXT_FILES.flatMap((name) => look(files, path.join(workspace, name), name));
  };
}

function look(files: Map<string, Known>, file: string, name: string): readonly ContextFile[] {
  const facts = statSync(file, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isFile() || facts.size > FILE_BYTES_MAX) return [];
  const stamp = `${facts.mtimeMs} ${facts.size} ${facts.ino}`;
  let entry = files.get(name);
  if (entry?.stamp !== stamp) {
    entry = { stamp, file: read(file, name) };
    files.set(name, entry);
  }
  return entry.file === undefined ? [] : [entry.file];
}

function read(file: string, name: string): ContextFile | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return text.trim() === "" ? undefined : { name, text };
  } catch {
    return undefined;
  }
}

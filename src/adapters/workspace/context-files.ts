import { readFile } from "node:fs/promises";
import path from "node:path";
import { CONTEXT_FILES, type ContextFile } from "../../domain/runs/index.ts";

/** Reads the files that tell an agent who it is. What is missing or cannot be read is left out. */
export async function readContextFiles(workspace: string): Promise<readonly ContextFile[]> {
  const read = await Promise.all(CONTEXT_FILES.map((name) => readIfThere(workspace, name)));
  return read.flat();
}

async function readIfThere(workspace: string, name: string): Promise<readonly ContextFile[]> {
  try {
    const text = await readFile(path.join(workspace, name), "utf8");
    return text.trim() === "" ? [] : [{ name, text }];
  } catch {
    return [];
  }
}

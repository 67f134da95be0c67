import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChecksFile } from "../compare/verdict.ts";

export const checksPath = (folder: string): string => join(folder, "checks.json");

export async function writeChecks(folder: string, file: ChecksFile): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = checksPath(folder);
  await writeFile(`${path}.partial`, `${JSON.stringify(file, null, 1)}\n`);
  await rename(`${path}.partial`, path);
  return path;
}

export async function readChecks(folder: string): Promise<ChecksFile> {
  const path = checksPath(folder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`${path} is not there; run \`referee replay\` first`, { cause: error });
  }
  // Written by writeChecks alone; its version says so.
  const file = JSON.parse(text) as ChecksFile;
  if (file.version !== 1)
    throw new Error(`${path} is of version ${String(file.version)}, this referee reads 1`);
  return file;
}

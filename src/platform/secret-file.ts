import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The content of a file that only its owner may read, made with `create` when it is not there. Two processes that
 * make it at the same moment end up with the same content: the file appears complete or not at all.
 */
export function secretFile(file: string, create: () => string): string {
  const known = read(file);
  if (known !== undefined) return known;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, create(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
  const made = read(file);
  if (made === undefined) throw new Error(`${file} is gone as soon as it was written`);
  return made;
}

function read(file: string): string | undefined {
  try {
    const content = readFileSync(file, "utf8");
    chmodSync(file, 0o600);
    return content;
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

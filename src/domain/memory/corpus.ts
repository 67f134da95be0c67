import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import type { MemoryChunk } from "./memory.ts";

/** A file of an agent's memory, as it lies in the workspace. */
export interface MemoryFile {
  /** Relative to the workspace, with slashes. */
  readonly path: string;
  readonly modifiedMs: number;
  readonly bytes: number;
}

/** Notes of a day are cut by size, the kept files by entry. */
const CHUNK_CHARS = 1_600;
const OVERLAP_CHARS = 320;
const ENTRY = /^\s*(?:[-*+]|\d+[.)])\s|^#{1,6}\s/;
const DAY_NOTE = /^memory\/(\d{4}-\d{2}-\d{2})[^/]*\.md$/;

/** What an agent remembers by: the kept files at the root of its workspace, and all notes below `memory`. */
export async function listMemoryFiles(workspace: string): Promise<MemoryFile[]> {
  const found: MemoryFile[] = [];
  const add = async (relative: string): Promise<void> => {
    const info = await stat(path.join(workspace, relative)).catch(() => undefined);
    if (info?.isFile() !== true || info.size > POLICY.memoryFileBytesMax) return;
    found.push({ path: relative, modifiedMs: Math.floor(info.mtimeMs), bytes: info.size });
  };
  for (const name of ["MEMORY.md", "USER.md"]) await add(name);
  for (const relative of await notesBelow(workspace, "memory")) {
    if (found.length >= POLICY.memoryFilesMax) break;
    await add(relative);
  }
  return found;
}

async function notesBelow(workspace: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(workspace, folder), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || found.length >= POLICY.memoryFilesMax) continue;
    const relative = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await notesBelow(workspace, relative)));
    else if (entry.isFile() && entry.name.endsWith(".md")) found.push(relative);
  }
  return found;
}

export async function readChunks(workspace: string, file: MemoryFile): Promise<MemoryChunk[]> {
  const text = await readFile(path.join(workspace, file.path), "utf8");
  const lines = text.split("\n");
  return file.path.includes("/") ? bySize(lines) : byEntry(lines);
}

/** The day that a note is about, when its name says one. */
export function dayOf(relative: string): string | undefined {
  return DAY_NOTE.exec(relative)?.[1];
}

/** Each item of a list and each heading begins a piece of its own. */
export function byEntry(lines: readonly string[]): MemoryChunk[] {
  const starts = lines.flatMap((line, index) => (index === 0 || ENTRY.test(line) ? [index] : []));
  return starts
    .map((start, index) => piece(lines, start, (starts[index + 1] ?? lines.length) - 1))
    .filter(({ text }) => text.trim() !== "");
}

/** Pieces of about one size that overlap, so that what stands at a border is found as well. */
export function bySize(lines: readonly string[]): MemoryChunk[] {
  const pieces: MemoryChunk[] = [];
  let start = 0;
  while (start < lines.length) {
    let end = start;
    let chars = lines[start]?.length ?? 0;
    while (end + 1 < lines.length && chars + (lines[end + 1]?.length ?? 0) + 1 <= CHUNK_CHARS) {
      end += 1;
      chars += (lines[end]?.length ?? 0) + 1;
    }
    pieces.push(piece(lines, start, end));
    if (end + 1 >= lines.length) break;
    let next = end + 1;
    for (let shared = 0; next - 1 > start; next -= 1) {
      shared += (lines[next - 1]?.length ?? 0) + 1;
      if (shared > OVERLAP_CHARS) break;
    }
    start = next;
  }
  return pieces.filter(({ text }) => text.trim() !== "");
}

function piece(lines: readonly string[], start: number, end: number): MemoryChunk {
  return { startLine: start + 1, endLine: end + 1, text: lines.slice(start, end + 1).join("\n") };
}

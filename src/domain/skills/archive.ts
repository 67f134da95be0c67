import { inflateRawSync } from "node:zlib";
import { invalidRequest } from "../../errors/protocol-error.ts";

/** How many files a skill may have, and how large they may be together once they are unpacked. */
const FILES_MAX = 2_000;
const UNPACKED_BYTES_MAX = 128 * 1_024 * 1_024;

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;

export interface ArchivedFile {
  /** Below the folder that the `SKILL.md` stands in. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** The files of a skill that was packed as ZIP, with or without one folder around everything. */
export function unpackSkill(archive: Buffer): readonly ArchivedFile[] {
  const files = unpack(archive);
  const roots = new Set(files.map(({ path }) => path.split("/", 1)[0]));
  const isAtRoot = files.some(({ path }) => path === "SKILL.md");
  const inner =
    isAtRoot || roots.size !== 1
      ? files
      : files.map((file) => ({ ...file, path: file.path.split("/").slice(1).join("/") }));
  if (!inner.some(({ path }) => path === "SKILL.md")) throw invalidRequest("archive is missing SKILL.md");
  return inner;
}

function unpack(archive: Buffer): readonly ArchivedFile[] {
  try {
    const end = findEnd(archive);
    const count = archive.readUInt16LE(end + 10);
    if (count > FILES_MAX) throw new Error("archive has too many entries");
    const files: ArchivedFile[] = [];
    let at = archive.readUInt32LE(end + 16);
    let total = 0;
    for (let index = 0; index < count; index += 1) {
      const entry = readEntry(archive, at);
      at = entry.next;
      total += entry.size;
      if (total > UNPACKED_BYTES_MAX) throw new Error("archive is too large when unpacked");
      checkPath(entry.path);
      if (!entry.path.endsWith("/")) files.push({ path: entry.path, bytes: contentOf(archive, entry) });
    }
    return files;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw invalidRequest(`failed to extract archive: ${reason}`);
  }
}

/** The table of contents stands at the end, behind which only a comment may follow. */
function findEnd(archive: Buffer): number {
  for (let at = archive.length - END_BYTES; at >= 0 && at > archive.length - END_BYTES - 65_536; at -= 1) {
    if (archive.readUInt32LE(at) === END_MARK) return at;
  }
  throw new Error("not a zip archive");
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  readonly next: number;
}

function readEntry(archive: Buffer, at: number): Entry {
  if (archive.readUInt32LE(at) !== ENTRY_MARK) throw new Error("the archive's table of contents is broken");
  const nameBytes = archive.readUInt16LE(at + 28);
  const more = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  // The upper half of the attributes is the mode of a Unix file; a link could lead anywhere.
  const isLink = archive.readUInt32LE(at + 38) >>> 28 === 0o12;
  const path = archive.toString("utf8", at + 46, at + 46 + nameBytes);
  if (isLink) throw named("ArchiveSecurityError", `archive entry is a link: ${path}`);
  return {
    path,
    method: archive.readUInt16LE(at + 10),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
    next: at + 46 + nameBytes + more,
  };
}

function contentOf(archive: Buffer, { method, packed, size, offset, path }: Entry): Buffer {
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const raw = archive.subarray(start, start + packed);
  if (method === STORED) return Buffer.from(raw);
  if (method !== DEFLATED) throw new Error(`archive entry is packed in an unknown way: ${path}`);
  // An entry that unpacks to more than it says would get past the bound on the whole.
  return size === 0 ? Buffer.alloc(0) : inflateRawSync(raw, { maxOutputLength: size });
}

function checkPath(path: string): void {
  const isOutside =
    path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.includes("\\") || path.split("/").includes("..");
  if (isOutside || path.includes("\0")) {
    throw named("ArchiveSecurityError", `archive entry escapes destination: ${path}`);
  }
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

import { isUtf8 } from "node:buffer";
import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { imageType } from "./image-type.ts";
import type { Agent } from "./index.ts";

const PREVIEW_BYTES_MAX = 262_144;
/** Entries of one answer; the rest are asked for with an offset. */
const ENTRIES_MAX = 500;

export interface WorkspaceEntry {
  readonly path: string;
  readonly name: string;
  readonly kind: "file" | "directory";
  readonly size?: number;
  readonly updatedAtMs: number;
}

/** A folder of the workspace, folders first. Links are not shown: they may lead anywhere. */
export async function listWorkspace(
  agent: Agent,
  at: {
    readonly path?: string | undefined;
    readonly offset?: number | undefined;
    readonly limit?: number | undefined;
  },
) {
  const relative = relativePath(at.path ?? "");
  const folder = await resolved(agent, relative);
  const found =
    folder === undefined ? undefined : await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (folder === undefined || found === undefined) {
    throw refused("workspace directory not found", "workspace_path_not_found", relative);
  }
  const shown = found
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || a.name.localeCompare(b.name));
  const offset = Math.min(at.offset ?? 0, shown.length);
  const page = shown.slice(offset, offset + Math.min(at.limit ?? ENTRIES_MAX, ENTRIES_MAX));
  const entries = await Promise.all(page.map(({ name }) => entryOf(folder, relative, name)));
  return {
    path: relative,
    ...(relative === "" ? {} : { parentPath: parentOf(relative) }),
    entries: entries.filter((entry) => entry !== undefined),
    totalEntries: shown.length,
    offset,
  };
}

/** A file of the workspace as a client can show it: text, or an image. */
export async function readWorkspaceFile(agent: Agent, given: string) {
  const relative = relativePath(given);
  const file = await resolved(agent, relative);
  const stats = file === undefined ? undefined : await lstat(file).catch(() => undefined);
  if (file === undefined || stats?.isFile() !== true) {
    throw refused("workspace file not found", "workspace_file_not_found", relative);
  }
  const { size } = stats;
  if (size > PREVIEW_BYTES_MAX) {
    throw refused("workspace file is too large to preview", "workspace_file_too_large", relative, {
      maxBytes: PREVIEW_BYTES_MAX,
      size,
    });
  }
  const bytes = await readFile(file);
  return {
    path: relative,
    name: path.posix.basename(relative),
    size: bytes.length,
    updatedAtMs: Math.floor(stats.mtimeMs),
    ...preview(bytes, relative),
  };
}

function preview(bytes: Buffer, relative: string) {
  const mimeType = imageType(bytes);
  if (mimeType !== undefined) {
    return { mimeType, encoding: "base64" as const, content: bytes.toString("base64") };
  }
  if (isUtf8(bytes) && !bytes.includes(0)) {
    return { mimeType: "text/plain", encoding: "utf8" as const, content: bytes.toString("utf8") };
  }
  throw refused(
    "workspace file is not UTF-8 text or a supported image",
    "workspace_file_unsupported",
    relative,
  );
}

/** The path as it is shown, without `.` and doubled slashes; never one that leaves the workspace. */
function relativePath(given: string): string {
  const slashes = given.replaceAll("\\", "/");
  if (path.posix.isAbsolute(slashes) || /^[a-zA-Z]:/.test(slashes)) {
    throw refused("path must be workspace-relative", "workspace_path_invalid", given);
  }
  const normal = path.posix.normalize(slashes);
  if (normal === ".." || normal.startsWith("../")) {
    throw refused("path escapes the agent workspace", "workspace_path_invalid", given);
  }
  return normal === "." ? "" : normal.replace(/\/$/, "");
}

/** The absolute path, where it exists and no part of it is a link. */
async function resolved(agent: Agent, relative: string): Promise<string | undefined> {
  try {
    const root = await realpath(agent.workspace);
    const wanted = path.join(root, relative);
    return (await realpath(wanted)) === wanted ? wanted : undefined;
  } catch {
    return undefined;
  }
}

async function entryOf(folder: string, relative: string, name: string): Promise<WorkspaceEntry | undefined> {
  // It may be gone since the folder was read.
  const stats = await lstat(path.join(folder, name)).catch(() => undefined);
  if (stats === undefined) return undefined;
  const isFolder = stats.isDirectory();
  return {
    path: relative === "" ? name : `${relative}/${name}`,
    name,
    kind: isFolder ? "directory" : "file",
    ...(isFolder ? {} : { size: stats.size }),
    updatedAtMs: Math.floor(stats.mtimeMs),
  };
}

function parentOf(relative: string): string {
  const parent = path.posix.dirname(relative);
  return parent === "." ? "" : parent;
}

function refused(message: string, type: string, at: string, more: Record<string, unknown> = {}) {
  return invalidRequest(message, { details: { type, path: at, ...more } });
}

import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import { sessionRootOf } from "./paths.ts";

const PREVIEW_BYTES_MAX = 256 * 1024;
const ENTRIES_MAX = 500;
/** Folders looked into by one search; deeper and wider trees are cut short. */
const SEARCH_FOLDERS_MAX = 2_000;
const SEARCH_SKIPS: ReadonlySet<string> = new Set([".git", "node_modules"]);

interface BrowserEntry {
  path: string;
  name: string;
  kind: "directory" | "file";
  size?: number;
  updatedAtMs: number;
}

interface FileInfo {
  path: string;
  name: string;
  kind: string;
  workspacePath: string;
  missing: boolean;
  size: number;
  updatedAtMs: number;
  mimeType?: string;
  contentEncoding?: string;
  previewKind?: string;
  content?: string;
  hash?: string;
}

interface FileList {
  sessionKey: string;
  root?: string;
  gitCheckout?: boolean;
  files: never[];
  browser?: { path: string; parentPath?: string; search?: string; entries: BrowserEntry[] };
}

interface FileAnswer {
  sessionKey: string;
  root: string;
  file: FileInfo;
}

/** The folder that a session works in. Nothing outside it is read or written, whatever the path says. */
export interface Files {
  list(entry: Entry | undefined, asked: string, at: { path?: string; search?: string }): Promise<FileList>;
  get(entry: Entry | undefined, asked: string, file: string): Promise<FileAnswer>;
  set(entry: Entry | undefined, asked: string, change: FileChange): Promise<FileAnswer>;
  root(entry: Entry): string;
}

export interface FileChange {
  readonly path: string;
  readonly content: string;
  readonly expectedHash: string;
}

const hashOf = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");

function notFound(file: string) {
  return invalidRequest("session file not found", {
    details: { type: "session_file_not_found", path: file },
  });
}

/** The real path, when it is the root or inside it; symbolic links are followed first. */
async function inside(root: string, relative: string): Promise<string | undefined> {
  try {
    const real = await realpath(path.resolve(root, relative));
    const base = await realpath(root);
    return real === base || real.startsWith(base + path.sep) ? real : undefined;
  } catch {
    return undefined;
  }
}

const wirePath = (relative: string): string => relative.split(path.sep).join("/");

async function toBrowserEntry(root: string, full: string): Promise<BrowserEntry | undefined> {
  if ((await inside(root, full)) === undefined) return undefined;
  const info = await stat(full);
  const isFolder = info.isDirectory();
  if (!isFolder && !info.isFile()) return undefined;
  return {
    path: wirePath(path.relative(root, full)),
    name: path.basename(full),
    kind: isFolder ? "directory" : "file",
    ...(isFolder ? {} : { size: info.size }),
    updatedAtMs: Math.floor(info.mtimeMs),
  };
}

/** Folders first, then by name as a person would sort them. */
function inOrder(left: BrowserEntry, right: BrowserEntry): number {
  if (left.kind !== right.kind) return left.kind === "directory" ? -1 : 1;
  return left.path.localeCompare(right.path, "en");
}

async function entriesIn(root: string, folder: string): Promise<BrowserEntry[]> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.slice(0, ENTRIES_MAX).map((name) => toBrowserEntry(root, path.join(folder, name))),
  );
  return found.filter((entry) => entry !== undefined).sort(inOrder);
}

/** Files whose name has the text in it, in the order of the tree: what is in a folder before what is beside it. */
async function matching(root: string, text: string): Promise<BrowserEntry[]> {
  const wanted = text.toLowerCase();
  const found: BrowserEntry[] = [];
  let foldersLeft = SEARCH_FOLDERS_MAX;
  const visit = async (folder: string): Promise<void> => {
    foldersLeft -= 1;
    for (const entry of await entriesIn(root, folder)) {
      if (foldersLeft <= 0 || found.length >= ENTRIES_MAX) return;
      const isFolder = entry.kind === "directory";
      if (isFolder && !SEARCH_SKIPS.has(entry.name)) await visit(path.join(root, entry.path));
      if (!isFolder && entry.name.toLowerCase().includes(wanted)) found.push(entry);
    }
  };
  await visit(root);
  return found;
}

export function createFiles(context: SessionContext): Files {
  const rootOf = (entry: Entry): string => sessionRootOf(entry, context.parts.agents);

  const open = async (entry: Entry | undefined, file: string) => {
    if (entry === undefined) throw notFound(file);
    const root = rootOf(entry);
    const full = path.isAbsolute(file) ? undefined : await inside(root, file);
    const info = full === undefined ? undefined : await stat(full);
    if (full === undefined || info === undefined || !info.isFile()) throw notFound(file);
    const relative = wirePath(path.relative(await realpath(root), full));
    return { root, full, relative, info };
  };

  return {
    root: rootOf,
    async list(entry, asked, at) {
      if (entry === undefined) return { sessionKey: asked, files: [] };
      const root = rootOf(entry);
      const gitCheckout = (await inside(root, ".git")) !== undefined;
      const answer = { sessionKey: asked, root, gitCheckout, files: [] };
      const search = at.search?.trim();
      const relative = at.path ?? "";
      const folder = await inside(root, relative);
      if (folder === undefined || !(await stat(folder)).isDirectory()) {
        return relative === "" ? { ...answer, browser: { path: "", entries: [] } } : answer;
      }
      if (search) return { ...answer, browser: { path: "", search, entries: await matching(root, search) } };
      const here = wirePath(path.relative(await realpath(root), folder));
      const parent = path.posix.dirname(here);
      const up = here === "" ? {} : { parentPath: parent === "." ? "" : parent };
      return {
        ...answer,
        browser: { path: here, ...up, entries: await entriesIn(root, path.join(root, here)) },
      };
    },
    async get(entry, asked, file) {
      const { root, full, relative, info } = await open(entry, file);
      if (info.size > PREVIEW_BYTES_MAX) {
        throw invalidRequest("session file is too large to preview", {
          details: {
            type: "session_file_too_large",
            maxPreviewBytes: PREVIEW_BYTES_MAX,
            path: file,
            size: info.size,
          },
        });
      }
      const content = await readFile(full);
      const isText = isUtf8(content) && !content.includes(0);
      const shown = isText
        ? {
            mimeType: "text/plain",
            contentEncoding: "utf8",
            previewKind: "text",
            content: content.toString("utf8"),
            hash: hashOf(content),
          }
        : { previewKind: "unsupported" };
      return { sessionKey: asked, root, file: { ...fileInfo(relative, "read", info), ...shown } };
    },
    async set(entry, asked, change) {
      const { root, full, relative } = await open(entry, change.path);
      const currentHash = hashOf(await readFile(full));
      if (currentHash !== change.expectedHash) {
        throw invalidRequest("session file changed since it was read", {
          details: { type: "session_file_conflict", path: change.path, currentHash },
        });
      }
      await writeFile(full, change.content);
      const info = await stat(full);
      const file = { ...fileInfo(relative, "modified", info), hash: hashOf(change.content) };
      return { sessionKey: asked, root, file };
    },
  };
}

function fileInfo(relative: string, kind: string, info: { size: number; mtimeMs: number }): FileInfo {
  return {
    path: relative,
    name: path.posix.basename(relative),
    kind,
    workspacePath: relative,
    missing: false,
    size: info.size,
    updatedAtMs: Math.floor(info.mtimeMs),
  };
}

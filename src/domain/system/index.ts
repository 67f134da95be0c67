import { open, readdir, realpath, stat, statfs } from "node:fs/promises";
import { arch, cpus, freemem, homedir, hostname, loadavg, platform, release, totalmem } from "node:os";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";

/** Folders that one answer lists at most. */
const FOLDERS_MAX = 5_000;
const OS_NAMES: Readonly<Record<string, string>> = { linux: "Linux", darwin: "macOS", win32: "Windows" };

export interface LogPage {
  readonly file: string;
  readonly cursor: number;
  readonly size: number;
  readonly lines: readonly string[];
  readonly truncated: boolean;
  readonly reset: boolean;
  readonly skippedBytes?: number;
}

export interface FolderPage {
  readonly path: string;
  readonly parent?: string;
  readonly home: string;
  readonly entries: readonly { readonly name: string; readonly path: string; readonly hidden?: boolean }[];
}

/** The machine and the process, as an operator looks at them. */
export interface System {
  info(): Promise<Record<string, unknown>>;
  /** The lines of the log behind a cursor, or the last ones. */
  tail(query: { cursor?: number; limit: number; maxBytes: number }): Promise<LogPage>;
  /** The folders in a folder; the home of whoever runs the gateway unless it says which. */
  folders(folder: string | undefined): Promise<FolderPage>;
}

export interface SystemParts {
  readonly stateDir: string;
  readonly homeDir: string | undefined;
  readonly processInstanceId: string;
  readonly port: () => number;
  readonly uptimeMs: () => number;
  readonly logFile: () => string | undefined;
}

export function createSystem(parts: SystemParts): System {
  const home = parts.homeDir ?? homedir();
  return {
    async info() {
      const name = platform();
      const cores = cpus();
      const memory = process.memoryUsage();
      return {
        hostname: hostname(),
        machineName: hostname(),
        platform: name,
        osLabel: `${OS_NAMES[name] ?? name} ${release()}`,
        release: release(),
        arch: arch(),
        nodeVersion: process.version,
        pid: process.pid,
        processInstanceId: parts.processInstanceId,
        port: parts.port(),
        uptimeMs: parts.uptimeMs(),
        cpuCount: cores.length,
        ...(cores[0] === undefined ? {} : { cpuModel: cores[0].model.trim() }),
        loadAverage: loadavg(),
        memoryTotalBytes: totalmem(),
        memoryFreeBytes: freemem(),
        processMemory: {
          rssBytes: memory.rss,
          heapTotalBytes: memory.heapTotal,
          heapUsedBytes: memory.heapUsed,
          externalBytes: memory.external,
          arrayBuffersBytes: memory.arrayBuffers,
        },
        ...(await diskFacts(parts.stateDir)),
        // No small model is set aside for chores.
        defaultAgentUtilityModel: { status: "unavailable" },
      };
    },
    tail: ({ cursor, limit, maxBytes }) => tail(parts.logFile(), cursor, limit, maxBytes),
    folders: (folder) => folders(folder, home),
  };
}

async function diskFacts(folder: string): Promise<Record<string, unknown>> {
  const here = await statfs(folder);
  const root = await statfs("/");
  const available = (disk: typeof here): number => disk.bavail * disk.bsize;
  const total = (disk: typeof here): number => disk.blocks * disk.bsize;
  return {
    diskPath: folder,
    diskTotalBytes: total(here),
    diskAvailableBytes: available(here),
    disks: [{ path: "/", totalBytes: total(root), availableBytes: available(root) }],
  };
}

/** A cursor is a place in the file. One behind its end means that the file was begun anew: then it counts as none. */
async function tail(
  file: string | undefined,
  cursor: number | undefined,
  limit: number,
  maxBytes: number,
): Promise<LogPage> {
  if (file === undefined) {
    return { file: "", cursor: 0, size: 0, lines: [], truncated: false, reset: cursor !== undefined };
  }
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) {
    return { file, cursor: 0, size: 0, lines: [], truncated: false, reset: (cursor ?? 0) > 0 };
  }
  try {
    const { size } = await handle.stat();
    const reset = cursor !== undefined && cursor > size;
    const wanted = cursor === undefined || reset ? 0 : cursor;
    const start = Math.max(wanted, size - maxBytes);
    const buffer = Buffer.alloc(size - start);
    await handle.read(buffer, 0, buffer.length, start);
    const text = buffer.toString("utf8");
    // A read that begins inside a line leaves the rest of that line out.
    const whole = start > wanted ? text.slice(text.indexOf("\n") + 1) : text;
    const lines = whole.split("\n").filter((line) => line !== "");
    const truncated = start > wanted || lines.length > limit;
    const page = { file, cursor: size, size, lines: lines.slice(-limit), truncated };
    // Who read up to a place, and left too much behind it, is told how much is left out.
    if (cursor === undefined || reset || start === wanted) return { ...page, reset };
    return { ...page, reset: true, skippedBytes: start - wanted };
  } finally {
    await handle.close();
  }
}

async function folders(wanted: string | undefined, home: string): Promise<FolderPage> {
  const given = wanted ?? home;
  if (!path.isAbsolute(given)) throw invalidRequest("fs.listDir path must be absolute");
  const folder = path.resolve(given);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const code: unknown = Object(error).code;
    throw invalidRequest(`${error instanceof Error ? error.message : String(error)} | ${String(code)}`);
  });
  const found: { name: string; path: string; hidden?: boolean }[] = [];
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(place)));
    if (!isFolder) continue;
    found.push({ name: entry.name, path: place, ...(entry.name.startsWith(".") ? { hidden: true } : {}) });
    if (found.length >= FOLDERS_MAX) break;
  }
  const parent = path.dirname(folder);
  return {
    path: folder,
    ...(parent === folder ? {} : { parent }),
    home,
    // What is hidden comes last.
    entries: found.toSorted(
      (a, b) => Number(a.hidden ?? false) - Number(b.hidden ?? false) || a.name.localeCompare(b.name),
    ),
  };
}

async function leadsToFolder(link: string): Promise<boolean> {
  try {
    return (await stat(await realpath(link))).isDirectory();
  } catch {
    return false;
  }
}

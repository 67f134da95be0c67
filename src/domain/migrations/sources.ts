import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";

/** A file of another assistant's memory, and where a copy of it would go. */
export interface Finding {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** An assistant whose memory can be taken over. */
export interface Source {
  readonly providerId: string;
  readonly label: string;
  readonly description: string;
  /** How sure a find is: what is kept for this very purpose, or what lies where such things lie. */
  readonly confidence: "high" | "medium";
  folder(homeDir: string, env: NodeJS.ProcessEnv): string;
  find(folder: string, workspace: string): Promise<Finding[]>;
}

const claude: Source = {
  providerId: "claude",
  label: "Claude",
  description: "Take over what Claude Code remembered of its projects.",
  confidence: "medium",
  folder: (homeDir) => path.join(homeDir, ".claude"),
  async find(folder, workspace) {
    const projects = path.join(folder, "projects");
    const found: Finding[] = [];
    for (const project of await names(projects)) {
      const memory = path.join(projects, project, "memory");
      const files = await markdownBelow(memory, "");
      const collectionId = createHash("sha256").update(memory).digest("hex").slice(0, 10);
      const place = `${project.replace(/^-+/, "")}-${collectionId}`;
      for (const relativePath of files) {
        found.push({
          id: `memory:claude-auto:${collectionId}:${relativePath}`,
          source: path.join(memory, relativePath),
          target: path.join(workspace, "memory", "imports", "claude-code", place, relativePath),
          message: "Copy Claude Code auto-memory Markdown into the OpenClaw memory index.",
          details: {
            sourceType: "claude-auto-memory",
            sourceLabel: "Claude Code auto-memory",
            collectionId,
            collectionLabel: project,
            collectionFileCount: files.length,
            relativePath,
          },
        });
      }
    }
    return found;
  },
};

const hermes: Source = {
  providerId: "hermes",
  label: "Hermes",
  description: "Take over what Hermes remembered.",
  confidence: "high",
  folder: (homeDir, env) => env["HERMES_HOME"] ?? path.join(homeDir, ".hermes"),
  async find(folder, workspace) {
    const found: Finding[] = [];
    for (const relativePath of ["MEMORY.md", "USER.md"]) {
      const source = path.join(folder, "memories", relativePath);
      if (!(await isFile(source))) continue;
      found.push({
        id: `memory:${relativePath}`,
        source,
        target: path.join(workspace, "memory", "imports", "hermes", relativePath),
        message: "Copy Hermes memory into the OpenClaw memory index.",
        details: {
          sourceType: "hermes-memory",
          sourceLabel: `Hermes ${relativePath}`,
          collectionId: "hermes",
          collectionLabel: "Hermes",
          relativePath,
        },
      });
    }
    return found;
  },
};

export const SOURCES: readonly Source[] = [claude, hermes];

export async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true;
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).toSorted();
}

async function markdownBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (found.length >= POLICY.memoryFilesMax) break;
    if (entry.isDirectory()) found.push(...(await markdownBelow(root, relative)));
    else if (entry.isFile() && entry.name.endsWith(".md")) found.push(relative);
  }
  return found;
}

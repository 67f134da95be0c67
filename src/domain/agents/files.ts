import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { writePrivateFile } from "../../platform/files.ts";
import type { Agent } from "./index.ts";

/** The files that make an agent who it is. `isOptional`: a workspace without it is complete. */
const FILES = [
  { name: "AGENTS.md", isListed: true, isOptional: false },
  { name: "SOUL.md", isListed: true, isOptional: true },
  { name: "IDENTITY.md", isListed: false, isOptional: true },
  { name: "USER.md", isListed: true, isOptional: true },
  { name: "BOOTSTRAP.md", isListed: true, isOptional: false },
  { name: "MEMORY.md", isListed: true, isOptional: true },
] as const;

type KnownFile = (typeof FILES)[number];

export interface AgentFile {
  readonly name: string;
  readonly path: string;
  readonly missing: boolean;
  readonly expectedAbsent?: boolean;
  readonly size?: number;
  readonly updatedAtMs?: number;
  readonly hash?: string;
  readonly content?: string;
}

export async function listAgentFiles(agent: Agent): Promise<AgentFile[]> {
  const listed = FILES.filter(({ isListed }) => isListed);
  return Promise.all(listed.map((known) => facts(agent, known)));
}

export async function readAgentFile(agent: Agent, name: string): Promise<AgentFile> {
  const file = await facts(agent, known(name));
  if (file.missing) return file;
  const content = await readFile(file.path);
  return { ...file, hash: hashOf(content), content: content.toString("utf8") };
}

/** Writes the whole file; with a hash, only over what the writer has read. */
export async function writeAgentFile(
  agent: Agent,
  name: string,
  change: { readonly content: string; readonly expectedHash?: string | undefined },
): Promise<AgentFile> {
  const before = await readAgentFile(agent, name);
  if (change.expectedHash !== undefined && change.expectedHash.toLowerCase() !== before.hash) {
    throw invalidRequest(`agent file "${name}" changed since it was read`, {
      details: {
        type: "agent_file_conflict",
        name,
        ...(before.hash === undefined ? {} : { currentHash: before.hash }),
      },
    });
  }
  await writePrivateFile(before.path, change.content);
  return readAgentFile(agent, name);
}

function known(name: string): KnownFile {
  const file = FILES.find((one) => one.name === name);
  if (file === undefined) throw invalidRequest(`unsupported file "${name}"`);
  return file;
}

/** Only a plain file counts: a link could lead out of the workspace, and is as good as missing. */
async function facts(agent: Agent, { name, isOptional }: KnownFile): Promise<AgentFile> {
  const file = path.join(agent.workspace, name);
  const stats = await lstat(file).catch(() => undefined);
  if (stats?.isFile() !== true) return { name, path: file, missing: true, expectedAbsent: isOptional };
  return { name, path: file, missing: false, size: stats.size, updatedAtMs: Math.floor(stats.mtimeMs) };
}

function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

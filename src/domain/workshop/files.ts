import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { writePrivateFile } from "../../platform/files.ts";
import type { ProposalRecord, SupportFile } from "./record.ts";

export const DRAFT_NAME = "PROPOSAL.md";

export function hashOf(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Where a proposal's files stand; the same folders as the reference's. */
export function proposalFolder(stateDir: string, proposalId: string): string {
  return path.join(stateDir, "skill-workshop", "proposals", proposalId);
}

/** Writes a revision as a whole, so that a crash leaves the one before or this one. */
export async function writeGeneration(folder: string, generation: string, files: readonly SupportFile[]) {
  const parent = path.join(folder, "generations");
  const temporary = path.join(parent, `.${generation}.tmp`);
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  for (const file of files) await writePrivateFile(path.join(temporary, file.path), file.content);
  await rename(temporary, path.join(parent, generation));
  return `generations/${generation}/${DRAFT_NAME}`;
}

/** The draft and the files beside it; undefined when the draft is gone. */
export async function readDraft(folder: string, record: ProposalRecord) {
  const draft = path.join(folder, record.draftFile);
  const content = await readFile(draft, "utf8").catch(() => undefined);
  if (content === undefined) return undefined;
  const supportFiles = await Promise.all(
    (record.supportFiles ?? []).map(async (fact) => ({
      path: fact.path,
      content: await readFile(path.join(path.dirname(draft), fact.path), "utf8"),
    })),
  );
  return { content, supportFiles };
}

export async function removeGeneration(folder: string, draftFile: string): Promise<void> {
  await rm(path.dirname(path.join(folder, draftFile)), { recursive: true, force: true });
}

/** Brings a draft to life: the files beside it first, so that no skill points at what is not there yet. */
export async function writeSkill(
  skillDir: string,
  content: string,
  files: readonly SupportFile[],
): Promise<void> {
  for (const file of files) await writePrivateFile(path.join(skillDir, file.path), file.content);
  await writePrivateFile(path.join(skillDir, "SKILL.md"), content);
}

export async function contentHashAt(file: string): Promise<string | undefined> {
  const content = await readFile(file, "utf8").catch(() => undefined);
  return content === undefined ? undefined : hashOf(content);
}

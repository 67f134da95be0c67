import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { readSkillHead, type SkillHead } from "./read-skill.ts";

/** How deep skills may be grouped in folders, how many one place may hold, and how large a `SKILL.md` is read. */
const DEPTH_MAX = 4;
const SKILLS_MAX = 512;
const FILE_BYTES_MAX = 262_144;

/** A folder that skills are looked for in. */
export interface SkillPlace {
  readonly source: string;
  readonly folder: string;
}

export interface FoundSkill extends SkillHead {
  readonly source: string;
  readonly filePath: string;
  readonly baseDir: string;
}

/** The skills of these places, by name; where two have the same name, the one of the earlier place. */
export async function scanSkills(places: readonly SkillPlace[]): Promise<readonly FoundSkill[]> {
  const skills = new Map<string, FoundSkill>();
  for (const place of places) {
    const found: FoundSkill[] = [];
    await scan(place, place.folder, 0, found);
    for (const skill of found) if (!skills.has(skill.name)) skills.set(skill.name, skill);
  }
  return [...skills.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function scan(place: SkillPlace, folder: string, depth: number, found: FoundSkill[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (depth > 0 && entries.some((entry) => entry.isFile() && entry.name === "SKILL.md")) {
    const skill = await readSkill(place, folder);
    if (skill !== undefined) found.push(skill);
    return;
  }
  if (depth >= DEPTH_MAX) return;
  for (const entry of entries) {
    if (found.length >= SKILLS_MAX) return;
    // A link could lead out of the place, and a hidden folder is not meant for us.
    if (!entry.isDirectory() || entry.name.startsWith(".") || entry.name === "node_modules") continue;
    await scan(place, path.join(folder, entry.name), depth + 1, found);
  }
}

async function readSkill({ source }: SkillPlace, baseDir: string): Promise<FoundSkill | undefined> {
  const filePath = path.join(baseDir, "SKILL.md");
  try {
    if ((await stat(filePath)).size > FILE_BYTES_MAX) return undefined;
    const head = await readSkillHead(await readFile(filePath, "utf8"), path.basename(baseDir));
    return head === undefined ? undefined : { ...head, source, filePath, baseDir };
  } catch {
    return undefined;
  }
}

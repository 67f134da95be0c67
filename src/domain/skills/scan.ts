import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { readSkillHead, type SkillHead } from "./read-skill.ts";

/** How deep skills may be grouped in folders, how many one place may hold, and how large a `SKILL.md` is read. */
const DEPTH_MAX = 6;
const SKILLS_MAX = 512;
const FILE_BYTES_MAX = 262_144;

/** A folder that skills are looked for in. */
export interface SkillPlace {
  readonly source: string;
  readonly folder: string;
  /** Whether it came with an installed reference. */
  readonly isBundled?: true;
  /** Where its links may lead besides itself; anywhere when there is no list. */
  readonly linkTargets?: readonly string[];
}

export interface FoundSkill extends SkillHead {
  readonly source: string;
  readonly filePath: string;
  readonly baseDir: string;
  readonly isBundled: boolean;
  /** What a hub says of the skill, in a file beside it. */
  readonly card?: { readonly path: string; readonly bytes: number };
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
  if (depth > 0 && entries.some((entry) => entry.name === "SKILL.md" && !entry.isDirectory())) {
    const skill = await readSkill(place, folder);
    if (skill !== undefined) found.push(skill);
    return;
  }
  if (depth >= DEPTH_MAX) return;
  for (const entry of entries) {
    if (found.length >= SKILLS_MAX) return;
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const inner = path.join(folder, entry.name);
    if (entry.isSymbolicLink() && !(await mayFollow(place, inner))) continue;
    if (entry.isDirectory() || entry.isSymbolicLink()) await scan(place, inner, depth + 1, found);
  }
}

/** A link could lead out of the place; some places trust that, others name where it may lead. */
async function mayFollow({ folder, linkTargets }: SkillPlace, link: string): Promise<boolean> {
  if (linkTargets === undefined) return true;
  try {
    const target = await realpath(link);
    const roots = await Promise.all([folder, ...linkTargets].map((root) => realpath(root).catch(() => root)));
    return roots.some((root) => isInside(root, target));
  } catch {
    return false;
  }
}

function isInside(root: string, target: string): boolean {
  return target === root || target.startsWith(root + path.sep);
}

async function readSkill(place: SkillPlace, baseDir: string): Promise<FoundSkill | undefined> {
  const filePath = path.join(baseDir, "SKILL.md");
  try {
    const real = await realpath(filePath);
    if (!isInside(await realpath(baseDir), real)) return undefined;
    const { size } = await stat(real);
    if (size > FILE_BYTES_MAX) return undefined;
    const head = await readSkillHead(await readFile(real, "utf8"), path.basename(baseDir));
    if (head === undefined) return undefined;
    const card = await findCard(baseDir);
    return {
      ...head,
      source: place.source,
      filePath,
      baseDir,
      isBundled: place.isBundled === true,
      ...(card === undefined ? {} : { card }),
    };
  } catch {
    return undefined;
  }
}

async function findCard(baseDir: string): Promise<FoundSkill["card"]> {
  const file = path.join(baseDir, "skill-card.md");
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size > FILE_BYTES_MAX) return undefined;
  return { path: file, bytes: found.size };
}

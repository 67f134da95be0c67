import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { writePrivateFile } from "../../platform/files.ts";
import { dayOf } from "./corpus.ts";
import { groundedEntry } from "./grounded.ts";

/** The diary as it lies in a workspace. */
export interface DiaryFile {
  readonly path: string;
  readonly content: string | undefined;
  readonly updatedAtMs: number;
}

const NAMES = ["DREAMS.md", "dreams.md"];
const START = "<!-- openclaw:dreaming:diary:start -->";
const END = "<!-- openclaw:dreaming:diary:end -->";
const TITLE = "# Dream Diary";
const BACKFILLED = /<!-- openclaw:dreaming:backfill-entry\b[^>]*-->/;
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

export async function readDiary(workspace: string): Promise<DiaryFile> {
  for (const name of NAMES) {
    const file = path.join(workspace, name);
    const content = await readFile(file, "utf8").catch(() => undefined);
    if (content === undefined) continue;
    return { path: name, content, updatedAtMs: Math.floor((await stat(file)).mtimeMs) };
  }
  return { path: "DREAMS.md", content: undefined, updatedAtMs: 0 };
}

/** Puts an entry for each old note of a day into the diary; what an earlier backfill wrote gives way. */
export async function backfillDiary(workspace: string): Promise<{
  readonly file: DiaryFile;
  readonly scannedFiles: number;
  readonly written: number;
  readonly replaced: number;
}> {
  const notes = await dayNotes(workspace);
  const file = await readDiary(workspace);
  if (notes.length === 0) return { file, scannedFiles: 0, written: 0, replaced: 0 };
  const entries: string[] = [];
  for (const { relative, day } of notes) {
    const note = await readFile(path.join(workspace, relative), "utf8");
    const mark = `<!-- openclaw:dreaming:backfill-entry day=${day} source=${relative} -->`;
    entries.push(`*${longDate(day)}*\n\n${mark}\n\n${groundedEntry(relative, note)}`);
  }
  const { replaced } = await addToDiary(workspace, entries);
  return {
    file: await readDiary(workspace),
    scannedFiles: notes.length,
    written: entries.length,
    replaced,
  };
}

/** Adds entries, and takes away the ones that a backfill wrote before. */
export async function addToDiary(
  workspace: string,
  entries: readonly string[],
): Promise<{ readonly replaced: number }> {
  const file = await readDiary(workspace);
  const diary = parse(file.content ?? "");
  const kept = diary.entries.filter((entry) => !BACKFILLED.test(entry));
  await write(workspace, file.path, { ...diary, entries: [...kept, ...entries] });
  return { replaced: diary.entries.length - kept.length };
}

/** The day as a heading of the diary says it. */
export function longDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${date}, ${year}`;
}

export async function resetDiary(workspace: string): Promise<{ file: DiaryFile; removed: number }> {
  return await filterDiary(workspace, (entries) => entries.filter((entry) => !BACKFILLED.test(entry)));
}

/** Of entries with the same heading and the same words, the first one stays. */
export async function dedupeDiary(
  workspace: string,
): Promise<{ file: DiaryFile; removed: number; kept: number }> {
  let kept = 0;
  const outcome = await filterDiary(workspace, (entries) => {
    const seen = new Set<string>();
    const unique = entries.filter((entry) => {
      const key = entry.replace(/\s+/g, " ").trim();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    kept = unique.length;
    return unique;
  });
  return { ...outcome, kept };
}

async function filterDiary(
  workspace: string,
  filter: (entries: readonly string[]) => readonly string[],
): Promise<{ file: DiaryFile; removed: number }> {
  const file = await readDiary(workspace);
  if (file.content === undefined) return { file, removed: 0 };
  const diary = parse(file.content);
  const entries = filter(diary.entries);
  const removed = diary.entries.length - entries.length;
  if (removed > 0) await write(workspace, file.path, { ...diary, entries });
  return { file, removed };
}

interface Diary {
  /** What stands before and behind the part that is kept by machines. */
  readonly before: string;
  readonly after: string;
  readonly entries: readonly string[];
}

function parse(content: string): Diary {
  const start = content.indexOf(START);
  const end = content.indexOf(END, start);
  if (start < 0 || end < 0) {
    const after = content.trim() === "" ? "\n" : `\n\n${content.trim()}\n`;
    return { before: `${TITLE}\n\n`, after, entries: [] };
  }
  const entries = content
    .slice(start + START.length, end)
    .split(/^---\s*$/m)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return { before: content.slice(0, start), after: content.slice(end + END.length), entries };
}

async function write(workspace: string, name: string, { before, after, entries }: Diary): Promise<void> {
  const body = entries.map((entry) => `---\n\n${entry}\n`).join("\n");
  await writePrivateFile(path.join(workspace, name), `${before}${START}\n${body}${END}${after}`);
}

async function dayNotes(workspace: string): Promise<readonly { relative: string; day: string }[]> {
  const names = await readdir(path.join(workspace, "memory")).catch(() => []);
  return names
    .map((name) => ({ relative: `memory/${name}`, day: dayOf(`memory/${name}`) }))
    .flatMap(({ relative, day }) =>
      day !== undefined && relative === `memory/${day}.md` ? [{ relative, day }] : [],
    )
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

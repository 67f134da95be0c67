import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { StepRecord } from "../compare/canonical.ts";
import type { ChecksFile } from "../compare/verdict.ts";
import { type HistoryPoint, parseHistory } from "./history.ts";
import type { Score } from "./score.ts";

/** Where the parts of the verdict are kept, below the repository's root. */
export interface VerdictPlaces {
  readonly scorecard: string;
  readonly corpus: string;
}

const Frozen = z.strictObject({
  reference: z.string(),
  frozenOn: z.iso.date(),
  /** scenario -> `<step>:<kind>` */
  checks: z.record(z.string(), z.array(z.string())),
});

const Kills = z.object({ caught: z.int(), total: z.int() });

export async function readChecks(path: string): Promise<ChecksFile> {
  const file = JSON.parse(await readFile(path, "utf8")) as Partial<ChecksFile>;
  if (file.version !== 1 || !Array.isArray(file.checks))
    throw new Error(`${path} is not a checks.json of this referee`);
  return file as ChecksFile;
}

/** The frozen requirements of a reference version; undefined while none were frozen. */
export async function readFrozen(places: VerdictPlaces, version: string): Promise<Set<string> | undefined> {
  const text = await readIfThere(frozenPath(places, version));
  if (text === undefined) return undefined;
  const { checks } = Frozen.parse(parse(text));
  return new Set(Object.entries(checks).flatMap(([scenario, ids]) => ids.map((id) => `${scenario}:${id}`)));
}

/** Freezing happens once: the list of a version is never edited, so that scores of it stay comparable. */
export async function writeFrozen(
  places: VerdictPlaces,
  version: string,
  file: ChecksFile,
  today: string,
): Promise<void> {
  const path = frozenPath(places, version);
  const checks: Record<string, string[]> = {};
  for (const { scenario, step, kind } of file.checks) (checks[scenario] ??= []).push(`${step}:${kind}`);
  await mkdir(dirname(path), { recursive: true });
  const text = stringify({ reference: file.reference, frozenOn: today, checks }, { lineWidth: 0 });
  await writeFile(path, text, { flag: "wx" });
}

function frozenPath({ scorecard }: VerdictPlaces, version: string): string {
  return join(scorecard, "frozen", `${version}.yaml`);
}

/** Methods that some golden shows answering `ok: true`. */
export async function servedMethods(corpus: string): Promise<Set<string>> {
  const names = await readdir(corpus, { recursive: true });
  const served = new Set<string>();
  for (const name of names.filter((file) => file.endsWith(".golden.jsonl"))) {
    for (const line of (await readFile(join(corpus, name), "utf8")).split("\n")) {
      if (!line.includes('"verb":"call"')) continue;
      const record = JSON.parse(line) as StepRecord;
      if (Reflect.get(Object(record.received), "ok") === true) served.add(record.subject);
    }
  }
  return served;
}

export async function readPublished(places: VerdictPlaces): Promise<Score | undefined> {
  const text = await readIfThere(join(places.scorecard, "score.json"));
  return text === undefined ? undefined : (JSON.parse(text) as Score);
}

export async function readKillRate(
  places: VerdictPlaces,
): Promise<{ caught: number; total: number } | undefined> {
  const text = await readIfThere(join(places.scorecard, "saboteurs.json"));
  return text === undefined ? undefined : Kills.parse(JSON.parse(text));
}

export async function readHistory(places: VerdictPlaces): Promise<HistoryPoint[]> {
  return parseHistory((await readIfThere(join(places.scorecard, "history.jsonl"))) ?? "");
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

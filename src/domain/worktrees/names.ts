import type { Ids } from "../../platform/ids.ts";

const FIRST = ["amber", "brisk", "calm", "dapper", "early", "frosty", "gentle", "hidden", "jolly", "keen"];
const SECOND = ["actor", "ballad", "curtain", "drummer", "encore", "fiddle", "gallery", "prompter", "stage"];
const SUFFIX_CHARS = 4;

/** A name that people can say. One that is taken gets something behind it. */
export function randomName(ids: Ids, taken: ReadonlySet<string>): string {
  const dice = Number.parseInt(ids.uuid().replaceAll("-", "").slice(0, 8), 16);
  const name = `${FIRST[dice % FIRST.length]}-${SECOND[(dice >>> 8) % SECOND.length]}`;
  if (!taken.has(name)) return name;
  return `${name}-${ids.uuid().replaceAll("-", "").slice(0, SUFFIX_CHARS)}`;
}

import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { type Difference, KINDS } from "./compare.ts";

/** A difference between the two walks that is meant to be, and why. */
const Expected = z.strictObject({
  /** A stop, `settings/*`, or `*`. */
  stop: z.string().default("*"),
  kind: z.enum(KINDS),
  /** A regular expression over the whole of what only one gateway shows. */
  text: z.string(),
  why: z.string().min(8),
});
export type Expected = z.infer<typeof Expected>;

export async function readExpected(path: string): Promise<Expected[]> {
  const parsed = z.array(Expected).safeParse(parse(await readFile(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export function isExpected(difference: Difference, list: readonly Expected[]): boolean {
  return list.some(
    ({ stop, kind, text }) =>
      kind === difference.kind &&
      isAt(stop, difference.stop) &&
      new RegExp(`^(?:${text})$`, "su").test(difference.text),
  );
}

function isAt(pattern: string, stop: string): boolean {
  return pattern.endsWith("*") ? stop.startsWith(pattern.slice(0, -1)) : stop === pattern;
}

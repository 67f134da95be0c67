import { isDeepStrictEqual } from "node:util";
import type { ReloadKind } from "./keys.ts";
import { isRecord } from "./record.ts";

/** The places where two configurations differ. Objects are looked into, lists are not. */
export function changedPaths(previous: unknown, next: unknown, at = ""): string[] {
  if (isDeepStrictEqual(previous, next)) return [];
  if (!isRecord(previous) || !isRecord(next)) return [at];
  const keys = new Set([...Object.keys(previous), ...Object.keys(next)]);
  return [...keys].flatMap((key) => changedPaths(previous[key], next[key], at === "" ? key : `${at}.${key}`));
}

/** The places below which nothing is left to look into: a section that came or went whole is all its keys. */
export function changedLeaves(previous: unknown, next: unknown, at = ""): string[] {
  if (isDeepStrictEqual(previous, next)) return [];
  const one = isRecord(previous) ? previous : undefined;
  const other = isRecord(next) ? next : undefined;
  const isSection =
    (one ?? other) !== undefined &&
    (one !== undefined || previous === undefined) &&
    (other !== undefined || next === undefined);
  if (!isSection) return [at];
  const keys = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
  return [...keys].flatMap((key) =>
    changedLeaves(one?.[key], other?.[key], at === "" ? key : `${at}.${key}`),
  );
}

/** What a change at this place asks for: the longest prefix that the table knows decides. */
export function reloadKind(path: string, table: Readonly<Record<string, ReloadKind>>): ReloadKind {
  for (let prefix = path; prefix !== ""; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf(".")))) {
    const kind = table[prefix];
    if (kind !== undefined) return kind;
  }
  return path.startsWith("understudy.") ? "hot" : "restart";
}

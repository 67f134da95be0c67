import type { TraceFacts } from "../drive/trace.ts";
import { numberName, PENDING, pendingId, replaceIn, textReplacements } from "./patterns.ts";

/** An id that has its number. */
export const NUMBERED = /<(uuid|hex|opaque|sha256|bound):(\d+)>/g;

type TextChange = (text: string) => string;

function mapTexts(value: unknown, text: TextChange, number: (value: number) => unknown): unknown {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, text, number));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [text(key), mapTexts(item, text, number)]),
  );
}

export type Marker = (value: unknown) => unknown;

/**
 * Puts names in the place of what is different in every run: paths, ports, secrets, times. Ids are only marked;
 * `numberIds` gives them their numbers once the rules have taken out what does not count.
 */
export function marker(facts: TraceFacts): Marker {
  const replacements = textReplacements(facts);
  const text: TextChange = (value) => replacements.reduce(replaceIn, value);
  return (value) => mapTexts(value, text, (number) => numberName(number, facts) ?? number);
}

/** Ids in the order in which they are met: <uuid:1>, <uuid:2>, <hex:1> ... the same id always the same name. */
export class IdNumbers {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  name(kind: string, raw: string): string {
    const key = `${kind} ${raw}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `<${kind}:${count}>`;
    this.#names.set(key, name);
    return name;
  }
}

/** Numbers the marked ids, depth first with sorted keys, which is the order in which goldens are written. */
export function numberIds(value: unknown, numbers: IdNumbers): unknown {
  if (typeof value === "string") {
    return value.replace(PENDING, (_match, kind: string, raw: string) => numbers.name(kind, raw));
  }
  if (Array.isArray(value)) return value.map((item) => numberIds(item, numbers));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareKeys(a, b));
  return Object.fromEntries(
    entries.map(([key, item]) => [String(numberIds(key, numbers)), numberIds(item, numbers)]),
  );
}

/** Without the ids themselves, marked or numbered: two runs have to come to the same order. */
const bare = (text: string): string =>
  text.replace(PENDING, (_match, kind: string) => `<${kind}>`).replace(NUMBERED, "<$1>");
export const sortText = (value: unknown): string => bare(JSON.stringify(sortKeys(value)) ?? "");

function compareKeys(a: string, b: string): number {
  const [left, right] = [bare(a), bare(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

/** Numbered ids marked again, so that they can be numbered anew once a rule has taken some away. */
export function unnumber(value: unknown): unknown {
  const text: TextChange = (part) =>
    part.replace(NUMBERED, (_match, kind: string, raw: string) => pendingId(kind, raw));
  return mapTexts(value, text, (number) => number);
}

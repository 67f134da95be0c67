import type { Expect } from "./expect-schema.ts";
import { at } from "./pointer.ts";

export interface Unmet {
  readonly rule: string;
  readonly pointer: string;
  readonly wanted: unknown;
  readonly got?: unknown;
}

/** Maps by their given keys only, everything else exactly. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) &&
      whole.length === part.length &&
      part.every((item, index) => contains(whole[index], item))
    );
  }
  if (typeof part !== "object" || part === null) return Object.is(whole, part);
  if (typeof whole !== "object" || whole === null) return false;
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && contains(Reflect.get(whole, key), value),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return contains(a, b) && contains(b, a);
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

function isNonEmpty(value: unknown): boolean {
  const size = sizeOf(value);
  return size === undefined ? value !== undefined && value !== null && value !== false : size > 0;
}

function includes(whole: unknown, part: unknown): boolean {
  if (Array.isArray(whole)) return whole.some((item) => contains(item, part));
  if (typeof whole === "string") return whole.includes(String(part));
  return typeof whole === "object" && whole !== null && Object.hasOwn(whole, String(part));
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");
const listed = (pointers: string | readonly string[] | undefined): readonly string[] =>
  pointers === undefined ? [] : typeof pointers === "string" ? [pointers] : pointers;

type Test = (got: unknown, wanted: unknown) => boolean;
const PER_POINTER: readonly (readonly [keyof Expect & string, Test])[] = [
  ["equals", isSame],
  ["notEquals", (got, wanted) => !isSame(got, wanted)],
  ["matches", (got, wanted) => got !== undefined && new RegExp(String(wanted), "u").test(asText(got))],
  ["count", (got, wanted) => sizeOf(got) === wanted],
  ["includes", includes],
  ["excludes", (got, wanted) => !includes(got, wanted)],
  ["atLeast", (got, wanted) => typeof got === "number" && got >= Number(wanted)],
  ["atMost", (got, wanted) => typeof got === "number" && got <= Number(wanted)],
];

const BARE: readonly (readonly ["nonEmpty" | "absent" | "present", Test])[] = [
  ["nonEmpty", isNonEmpty],
  ["present", (got) => got !== undefined],
  ["absent", (got) => got === undefined],
];

/** Everything that was expected of the received document and is not so. */
export function unmet(expect: Expect | undefined, received: unknown): Unmet[] {
  if (expect === undefined) return [];
  const found: Unmet[] = [];
  const check = (rule: string, pointer: string, wanted: unknown, test: Test): void => {
    const got = at(received, pointer);
    if (!test(got, wanted)) found.push({ rule, pointer, wanted, got });
  };
  if (expect.ok !== undefined) check("ok", "/ok", expect.ok, isSame);
  if (expect.code !== undefined) check("code", "/error/code", expect.code, isSame);
  if (expect.message !== undefined) check("message", "/error/message", expect.message, isSame);
  if (expect.close?.code !== undefined) check("close", "/close/code", expect.close.code, isSame);
  if (expect.close?.reason !== undefined) check("close", "/close/reason", expect.close.reason, isSame);
  for (const [rule, test] of BARE) {
    for (const pointer of listed(expect[rule])) check(rule, pointer, rule, test);
  }
  for (const [rule, test] of PER_POINTER) {
    for (const [pointer, wanted] of Object.entries(expect[rule] ?? {})) check(rule, pointer, wanted, test);
  }
  return found;
}

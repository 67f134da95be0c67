import { pointerMatches, pointerOf } from "../scenario/pointer.ts";
import { NUMBERED as ID } from "./normalise.ts";
import type { Rule } from "./rules.ts";

export interface Diff {
  readonly pointer: string;
  readonly kind: "value" | "type" | "missing" | "extra" | "expect" | "problem" | "order" | "binding";
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** One id of the golden is one id of the other side, everywhere; nobody else's. */
export class Binding {
  readonly #there = new Map<string, string>();
  readonly #back = new Map<string, string>();

  /** False when either id is already bound to something else. */
  bind(golden: string, actual: string): boolean {
    const there = this.#there.get(golden);
    const back = this.#back.get(actual);
    if (there === undefined && back === undefined) {
      this.#there.set(golden, actual);
      this.#back.set(actual, golden);
      return true;
    }
    return there === actual && back === golden;
  }
}

function textDiff(golden: string, actual: string, binding: Binding): "same" | "value" | "binding" {
  if (golden.replace(ID, "<$1>") !== actual.replace(ID, "<$1>")) return "value";
  const goldenIds = golden.match(ID) ?? [];
  const actualIds = actual.match(ID) ?? [];
  const isBound = goldenIds.every((id, index) => binding.bind(id, actualIds[index] ?? ""));
  return isBound ? "same" : "binding";
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** A map's keys by what they are called on the golden side; ids in keys are bound in order. */
function keyPairs(golden: object, actual: object, binding: Binding): Map<string, string> {
  const pairs = new Map<string, string>();
  const free = new Set(Object.keys(actual));
  for (const key of Object.keys(golden)) {
    const same = [...free].find((other) =>
      key.search(ID) < 0 ? other === key : textDiff(key, other, binding) === "same",
    );
    if (same === undefined) continue;
    pairs.set(key, same);
    free.delete(same);
  }
  return pairs;
}

export interface DiffOptions {
  readonly binding: Binding;
  /** Rules that need both values: `within`. */
  readonly rules: readonly Rule[];
}

function isWithin(golden: number, actual: number, path: readonly string[], rules: readonly Rule[]): boolean {
  return rules.some(
    (rule) =>
      rule.rule === "within" &&
      rule.within !== undefined &&
      Math.abs(golden - actual) <= rule.within &&
      pointerMatches(rule.path, path),
  );
}

/** All differences of two documents, golden first. */
export function diff(
  golden: unknown,
  actual: unknown,
  options: DiffOptions,
  path: readonly string[] = [],
): Diff[] {
  const pointer = pointerOf(path);
  if (typeName(golden) !== typeName(actual)) {
    return [{ pointer, kind: "type", expected: golden, actual }];
  }
  if (typeof golden === "string" && typeof actual === "string") {
    const outcome = textDiff(golden, actual, options.binding);
    return outcome === "same" ? [] : [{ pointer, kind: outcome, expected: golden, actual }];
  }
  if (Array.isArray(golden) && Array.isArray(actual)) return listDiff(golden, actual, options, path);
  if (typeof golden === "object" && golden !== null && typeof actual === "object" && actual !== null) {
    return mapDiff(golden, actual, options, path);
  }
  if (Object.is(golden, actual)) return [];
  if (
    typeof golden === "number" &&
    typeof actual === "number" &&
    isWithin(golden, actual, path, options.rules)
  ) {
    return [];
  }
  return [{ pointer, kind: "value", expected: golden, actual }];
}

const isWords = (list: readonly unknown[]): list is string[] =>
  list.every((item) => typeof item === "string" && item.search(ID) < 0);

/** Lists of names: one that is missing must not make all after it look wrong. */
function wordsDiff(golden: readonly string[], actual: readonly string[], path: readonly string[]): Diff[] {
  const rest = [...actual];
  const found: Diff[] = [];
  for (const [index, word] of golden.entries()) {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    else found.push({ pointer: pointerOf([...path, String(index)]), kind: "missing", expected: word });
  }
  for (const word of rest) {
    found.push({
      pointer: pointerOf([...path, String(actual.lastIndexOf(word))]),
      kind: "extra",
      actual: word,
    });
  }
  const isShared = (word: string): boolean => golden.includes(word) && actual.includes(word);
  const [one, other] = [golden.filter(isShared), actual.filter(isShared)];
  if (
    found.length === 0
      ? golden.join() !== actual.join()
      : one.join() !== other.join() && one.length === other.length
  ) {
    found.push({ pointer: pointerOf(path), kind: "order", expected: golden, actual });
  }
  return found;
}

function listDiff(
  golden: unknown[],
  actual: unknown[],
  options: DiffOptions,
  path: readonly string[],
): Diff[] {
  if (isWords(golden) && isWords(actual)) return wordsDiff(golden, actual, path);
  const both = Math.min(golden.length, actual.length);
  const found: Diff[] = [];
  for (let index = 0; index < both; index++) {
    found.push(...diff(golden[index], actual[index], options, [...path, String(index)]));
  }
  golden.slice(both).forEach((item, index) => {
    found.push({ pointer: pointerOf([...path, String(both + index)]), kind: "missing", expected: item });
  });
  actual.slice(both).forEach((item, index) => {
    found.push({ pointer: pointerOf([...path, String(both + index)]), kind: "extra", actual: item });
  });
  return found;
}

function mapDiff(golden: object, actual: object, options: DiffOptions, path: readonly string[]): Diff[] {
  const pairs = keyPairs(golden, actual, options.binding);
  const found: Diff[] = [];
  for (const [key, value] of Object.entries(golden)) {
    const other = pairs.get(key);
    if (other === undefined)
      found.push({ pointer: pointerOf([...path, key]), kind: "missing", expected: value });
    else found.push(...diff(value, Reflect.get(actual, other), options, [...path, key]));
  }
  const matched = new Set(pairs.values());
  for (const [key, value] of Object.entries(actual)) {
    if (!matched.has(key)) found.push({ pointer: pointerOf([...path, key]), kind: "extra", actual: value });
  }
  return found;
}

import { pointerMatches } from "../scenario/pointer.ts";
import type { CompareRule } from "../scenario/schema.ts";
import type { NoiseRule } from "./noise.ts";
import { sortText } from "./normalise.ts";
import { PENDING, pendingId } from "./patterns.ts";

export type Rule = Pick<NoiseRule, "on" | "path" | "rule" | "within" | "digits" | "optional"> & {
  readonly step?: string | undefined;
};

export const VOLATILE = "<volatile>";
export const PROSE = "<prose>";

function subjectFits(on: string, subject: string): boolean {
  if (on === "http") return subject.startsWith("HTTP ");
  return on === "*" || on === subject || (on.endsWith("*") && subject.startsWith(on.slice(0, -1)));
}

/** The rules that concern one document. */
export function rulesFor(rules: readonly Rule[], subject: string, step: string): Rule[] {
  return rules.filter(
    (rule) => subjectFits(rule.on, subject) && (rule.step === undefined || rule.step === step),
  );
}

export const asRules = (compare: readonly CompareRule[]): Rule[] => compare.map((rule) => ({ ...rule }));

/** Wildcards over numbered lists of times: every value becomes its rank, so that only the order counts. */
function ranks(values: readonly unknown[]): Map<unknown, string> {
  const known = [...new Set(values)].sort((a, b) => (Number(a) < Number(b) ? -1 : 1));
  return new Map(known.map((value, index) => [value, `<rank:${index + 1}>`]));
}

/** An id that is marked already is bound by what it is: marks do not stand inside marks. */
const unmarked = (text: string): string =>
  text.replace(PENDING, (_match, kind: string, raw: string) => `${kind} ${raw}`);

interface Walk {
  readonly rules: readonly Rule[];
  readonly ranked: Map<Rule, Map<unknown, string>>;
}

function scalar(value: unknown, rule: Rule, walk: Walk): unknown {
  switch (rule.rule) {
    case "volatile":
      return rule.digits === true && typeof value === "string"
        ? value.replaceAll(/\d+(?:[.,]\d+)*/g, "<n>")
        : VOLATILE;
    case "prose":
      return value === "" || value === null ? value : PROSE;
    case "bind":
      return typeof value === "object" ? value : pendingId("bound", unmarked(JSON.stringify(value)));
    case "same-order":
      return walk.ranked.get(rule)?.get(value) ?? value;
    case "set-equal":
      return Array.isArray(value) ? [...value].sort((a, b) => (sortText(a) < sortText(b) ? -1 : 1)) : value;
    case "within":
      return value;
    default:
      return rule.rule satisfies never;
  }
}

/** Rules that replace the value altogether leave nothing below to look at. */
const isWhole = (rule: Rule): boolean =>
  (rule.rule === "volatile" && rule.digits !== true) || rule.rule === "prose" || rule.rule === "bind";

function visit(value: unknown, path: readonly string[], walk: Walk): unknown {
  const fitting = walk.rules.filter((rule) => pointerMatches(rule.path, path));
  const whole = fitting.find(isWhole);
  if (whole !== undefined) return scalar(value, whole, walk);
  let inner = value;
  if (Array.isArray(value)) inner = value.map((item, index) => visit(item, [...path, String(index)], walk));
  else if (typeof value === "object" && value !== null) {
    inner = Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !isOptional([...path, key], walk))
        .map(([key, item]) => [key, visit(item, [...path, key], walk)]),
    );
  }
  return fitting.reduce((result, rule) => scalar(result, rule, walk), inner);
}

function isOptional(path: readonly string[], walk: Walk): boolean {
  return walk.rules.some((rule) => rule.optional === true && pointerMatches(rule.path, path));
}

function collect(value: unknown, path: readonly string[], rule: Rule, into: unknown[]): void {
  if (pointerMatches(rule.path, path)) into.push(value);
  else if (Array.isArray(value))
    value.forEach((item, index) => collect(item, [...path, String(index)], rule, into));
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key], rule, into);
  }
}

/** Rules that need the values as they came, before times lost theirs. */
export function applyOrder(document: unknown, rules: readonly Rule[]): unknown {
  const ordered = rules.filter((rule) => rule.rule === "same-order");
  if (ordered.length === 0) return document;
  const ranked = new Map(
    ordered.map((rule) => {
      const values: unknown[] = [];
      collect(document, [], rule, values);
      return [rule, ranks(values)];
    }),
  );
  return visit(document, [], { rules: ordered, ranked });
}

/** Takes out of a marked document what may differ; what stays is compared exactly. */
export function applyRules(document: unknown, rules: readonly Rule[]): unknown {
  const rest = rules.filter((rule) => rule.rule !== "same-order");
  return rest.length === 0 ? document : visit(document, [], { rules: rest, ranked: new Map() });
}

import { z } from "zod";
import { CompareRule } from "../scenario/schema.ts";

/** One thing in which the reference differs from itself. */
export const NoiseRule = CompareRule.omit({ step: true }).extend({
  /** volatile texts: only the digits vary, the rest is compared. */
  digits: z.literal(true).optional(),
  /** volatile keys: they come and go. */
  optional: z.literal(true).optional(),
  /** How many recordings it was learned from; 0 for rules written by hand. */
  samples: z.int().min(0),
});
export type NoiseRule = z.infer<typeof NoiseRule>;

const keyOf = (rule: NoiseRule): string => `${rule.on} ${rule.path} ${rule.rule}`;

/** Says no more than what is known: the same place and rule, and no wider. */
export function isCovered(rule: NoiseRule, known: readonly NoiseRule[]): boolean {
  return known.some(
    (one) =>
      keyOf(one) === keyOf(rule) &&
      (rule.optional !== true || one.optional === true) &&
      (rule.digits === true || one.digits !== true),
  );
}

/** Two rules of one place: as wide as the wider one. */
function widened(one: NoiseRule, other: NoiseRule): NoiseRule {
  const { digits: _digits, optional: _optional, ...base } = one;
  return {
    ...base,
    ...(one.digits === true && other.digits === true ? { digits: true } : {}),
    ...(one.optional === true || other.optional === true ? { optional: true } : {}),
  };
}

/** The rules with the new ones, each once, in a stable order. */
export function mergeNoise(known: readonly NoiseRule[], learned: readonly NoiseRule[]): NoiseRule[] {
  const byKey = new Map<string, NoiseRule>();
  for (const rule of [...known, ...learned]) {
    const before = byKey.get(keyOf(rule));
    byKey.set(keyOf(rule), before === undefined ? rule : widened(before, rule));
  }
  return [...byKey.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

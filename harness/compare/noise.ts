import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

const NoiseFile = z.strictObject({ reference: z.string(), rules: z.array(NoiseRule) });

export const noisePath = (corpus: string): string => join(corpus, "noise.json");

export async function readNoise(corpus: string): Promise<NoiseRule[]> {
  let text: string;
  try {
    text = await readFile(noisePath(corpus), "utf8");
  } catch {
    return [];
  }
  return NoiseFile.parse(JSON.parse(text)).rules;
}

const keyOf = (rule: NoiseRule): string => `${rule.on} ${rule.path} ${rule.rule}`;

/** The rules with the new ones, each once, in a stable order. */
export function mergeNoise(known: readonly NoiseRule[], learned: readonly NoiseRule[]): NoiseRule[] {
  const byKey = new Map(known.map((rule) => [keyOf(rule), rule]));
  for (const rule of learned) if (!byKey.has(keyOf(rule))) byKey.set(keyOf(rule), rule);
  return [...byKey.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export async function writeNoise(corpus: string, reference: string, rules: readonly NoiseRule[]): Promise<void> {
  const lines = mergeNoise(rules, []).map((rule) => `    ${JSON.stringify(rule)}`);
  const text = `{\n  "reference": ${JSON.stringify(reference)},\n  "rules": [\n${lines.join(",\n")}\n  ]\n}\n`;
  await writeFile(noisePath(corpus), text);
}

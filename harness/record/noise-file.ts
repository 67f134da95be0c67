import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { mergeNoise, NoiseRule } from "../compare/noise.ts";

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

export async function writeNoise(
  corpus: string,
  reference: string,
  rules: readonly NoiseRule[],
): Promise<void> {
  // Another recording may have learned something in the meantime: nothing that is on disk is lost.
  const lines = mergeNoise(await readNoise(corpus), rules).map((rule) => `    ${JSON.stringify(rule)}`);
  const text = `{\n  "reference": ${JSON.stringify(reference)},\n  "rules": [\n${lines.join(",\n")}\n  ]\n}\n`;
  await writeFile(noisePath(corpus), text);
}

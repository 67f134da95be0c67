import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Manifest } from "../freeze/manifest.ts";
import { type Known, renderSweep, sweepScenarios } from "./scenario.ts";

const Filled = z.looseObject({
  steps: z.array(z.looseObject({ id: z.string(), expect: z.unknown().optional() })),
});

/** What the recorder filled in the last time, so that a new manifest changes only the lines it concerns. */
export async function readKnown(path: string): Promise<Known> {
  if (!existsSync(path)) return new Map();
  const { steps } = Filled.parse(parse(await readFile(path, "utf8")));
  return new Map(steps.map((step) => [step.id, step.expect]));
}

export interface SweepResult {
  readonly written: readonly string[];
  /** Families that the manifest no longer has. */
  readonly removed: readonly string[];
}

export async function writeSweep(corpus: string, manifest: Manifest): Promise<SweepResult> {
  const folder = join(corpus, "sweep");
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const scenario of sweepScenarios(manifest)) {
    const path = join(corpus, `${scenario.id}.yaml`);
    const text = renderSweep(scenario, await readKnown(path));
    if (!existsSync(path) || (await readFile(path, "utf8")) !== text) await writeFile(path, text);
    written.push(path);
  }
  const present = (await readdir(folder)).filter((name) => name.endsWith(".yaml"));
  const removed = present.map((name) => join(folder, name)).filter((path) => !written.includes(path));
  await Promise.all(removed.map((path) => unlink(path)));
  return { written, removed };
}

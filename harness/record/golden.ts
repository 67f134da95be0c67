import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { GoldenRecord } from "../compare/canonical.ts";
import type { NoiseRule } from "../compare/noise.ts";
import { refresh } from "../compare/refresh.ts";
import { goldenPath, listScenarioIds, loadScenario } from "../scenario/load.ts";

/** Raised when goldens of the old recorder cannot be read by the new one. */
export const RECORDER_VERSION = 1;

const GoldenHeader = z.strictObject({
  type: z.literal("header"),
  scenario: z.string(),
  /** Of what the scenario does: a golden of another hash is out of date. */
  scenarioHash: z.string(),
  reference: z.string(),
  recorder: z.int(),
  seed: z.int(),
  date: z.string(),
  samples: z.int().min(1),
  records: z.int().min(0),
});
export type GoldenHeader = z.infer<typeof GoldenHeader>;

export interface Golden {
  readonly header: GoldenHeader;
  readonly records: readonly GoldenRecord[];
}

export class GoldenError extends Error {
  override readonly name = "GoldenError";
}

const bodyOf = (records: readonly GoldenRecord[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** Undefined when the scenario was never recorded. */
export async function readGolden(corpus: string, id: string): Promise<Golden | undefined> {
  let text: string;
  try {
    text = await readFile(goldenPath(corpus, id), "utf8");
  } catch {
    return undefined;
  }
  const [first, ...lines] = text.split("\n").filter((line) => line !== "");
  const header = GoldenHeader.parse(JSON.parse(first ?? "{}"));
  if (header.recorder !== RECORDER_VERSION) {
    throw new GoldenError(
      `${id}: golden of recorder ${header.recorder}, this is ${RECORDER_VERSION}; record it again`,
    );
  }
  // Written by this recorder version and complete by the count: the lines are its records.
  const records = lines.map((line) => JSON.parse(line) as GoldenRecord);
  if (records.length !== header.records) throw new GoldenError(`${id}: golden is cut short`);
  return { header, records };
}

/** Complete or not at all: written beside, then renamed. The date stays when nothing else has changed. */
export async function writeGolden(
  corpus: string,
  header: Omit<GoldenHeader, "type" | "recorder" | "records">,
  records: readonly GoldenRecord[],
): Promise<"same" | "changed" | "new"> {
  const path = goldenPath(corpus, header.scenario);
  const before = await readGolden(corpus, header.scenario).catch(() => undefined);
  const body = bodyOf(records);
  const isSame =
    before !== undefined &&
    bodyOf(before.records) === body &&
    before.header.scenarioHash === header.scenarioHash;
  if (isSame) return "same";
  const line: GoldenHeader = {
    type: "header",
    ...header,
    recorder: RECORDER_VERSION,
    records: records.length,
  };
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString("hex")}.partial`;
  await writeFile(temporary, `${JSON.stringify(line)}\n${body}`);
  await rename(temporary, path);
  return before === undefined ? "new" : "changed";
}

/** Applies a mask that has grown to all goldens, so that they are what a new recording would give. */
export async function refreshGoldens(corpus: string, noise: readonly NoiseRule[]): Promise<void> {
  for (const id of await listScenarioIds(corpus)) {
    const golden = await readGolden(corpus, id).catch(() => undefined);
    if (golden === undefined) continue;
    const { type: _type, recorder: _recorder, records: _records, ...header } = golden.header;
    await writeGolden(corpus, header, refresh(golden.records, await loadScenario(corpus, id), noise));
  }
}

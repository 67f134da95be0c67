import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** How to start one implementation of the gateway. launch/template.yaml documents each key. */
export const LaunchContract = z.strictObject({
  name: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string().default("${home}"),
  env: z.record(z.string(), z.string()).default({}),
  stateFolder: z.string(),
  configFile: z.string(),
  /** Starting fails at once, with this hint, when one of these is missing. */
  needs: z.array(z.strictObject({ path: z.string(), hint: z.string() })).default([]),
  ready: z.strictObject({ timeoutMs: z.int().positive() }),
  stop: z.strictObject({ graceMs: z.int().positive() }),
});
export type LaunchContract = z.infer<typeof LaunchContract>;

/** `reference`, `understudy`, or a path of one's own file. */
export async function loadContract(nameOrPath: string): Promise<LaunchContract> {
  const isName = /^[a-z0-9-]+$/.test(nameOrPath);
  const path = isName ? join(import.meta.dirname, `${nameOrPath}.yaml`) : nameOrPath;
  const parsed = LaunchContract.safeParse(parse(await readFile(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

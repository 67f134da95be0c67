import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Environment } from "./paths.ts";
import { parseDotenv } from "./substitute.ts";

/** A larger file is no list of variables. */
const FILE_CHARACTERS_MAX = 1024 * 1024;

/**
 * The environment with what the state folder's `.env` adds. A variable that is set is never replaced, and where the
 * configuration and the state are was settled before.
 */
export async function withStateVariables(env: Environment, stateDir: string): Promise<Environment> {
  const text = await readFile(path.join(stateDir, ".env"), "utf8").catch(() => "");
  if (text === "" || text.length > FILE_CHARACTERS_MAX) return env;
  const added = Object.entries(parseDotenv(text)).filter(([name]) => (env[name] ?? "") === "");
  return { ...env, ...Object.fromEntries(added) };
}

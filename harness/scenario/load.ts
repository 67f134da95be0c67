import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parse } from "yaml";
import { parseScenario, type Scenario, ScenarioError } from "./schema.ts";

export const goldenPath = (corpus: string, id: string): string => join(corpus, `${id}.golden.jsonl`);
export const scenarioPath = (corpus: string, id: string): string => join(corpus, `${id}.yaml`);

export async function loadScenario(corpus: string, id: string): Promise<Scenario> {
  const path = scenarioPath(corpus, id);
  const where = `corpus/${id}.yaml`;
  let raw: unknown;
  try {
    raw = parse(await readFile(path, "utf8"), { prettyErrors: true });
  } catch (error) {
    throw new ScenarioError(`${where}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const scenario = parseScenario(raw, where);
  if (scenario.id !== id) throw new ScenarioError(`${where}: id is ${scenario.id}, but the path says ${id}`);
  return scenario;
}

/** Ids of all scenarios below the corpus folder, sorted: the order of a run. */
export async function listScenarioIds(corpus: string): Promise<string[]> {
  if (!existsSync(corpus)) return [];
  const entries = await readdir(corpus, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => relative(corpus, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path.includes("/") && !path.startsWith("fixtures/"))
    .map((path) => path.slice(0, -".yaml".length))
    .sort();
}

/** A filter is an id, a family (`cron`), or a prefix ending in `*`. No filter is everything. */
export function matchesFilter(id: string, filters: readonly string[]): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) => {
    if (filter.endsWith("*")) return id.startsWith(filter.slice(0, -1));
    return id === filter || id.startsWith(`${filter}/`);
  });
}

export async function loadScenarios(corpus: string, filters: readonly string[]): Promise<Scenario[]> {
  const ids = (await listScenarioIds(corpus)).filter((id) => matchesFilter(id, filters));
  if (ids.length === 0) {
    throw new ScenarioError(`no scenario matches ${filters.join(" ") || "(no filter)"} below ${corpus}`);
  }
  return Promise.all(ids.map((id) => loadScenario(corpus, id)));
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "../launch/places.ts";
import { Shape } from "./values.ts";

/** A method and what its params look like; `null` where nothing about them is said. */
export interface Asked {
  readonly method: string;
  readonly params: Shape | null;
}

/** What `schemas/` declares, read from the sources: the wire is all that referee and player share. */
export async function readContracts(
  folder: string = join(checkout, "schemas", "methods"),
): Promise<readonly Asked[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name));
  const found: Asked[] = [];
  for (const file of files) {
    const loaded: unknown = await import(join(file.parentPath, file.name));
    if (typeof loaded === "object" && loaded !== null)
      found.push(...Object.values(loaded).flatMap(contractIn));
  }
  return found.sort((a, b) => (a.method < b.method ? -1 : 1));
}

function contractIn(value: unknown): readonly Asked[] {
  if (typeof value !== "object" || value === null) return [];
  const method: unknown = Reflect.get(value, "method");
  const params: unknown = Reflect.get(value, "params");
  if (typeof method !== "string" || params === undefined) return [];
  return [{ method, params: params === null ? null : Shape.parse(params) }];
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "../launch/places.ts";
import { checkManifest, type Manifest } from "./manifest.ts";

export const manifestPath = join(checkout, "schemas", "manifest.json");

/** The frozen surface, as `referee freeze` wrote it. */
export async function readManifest(path: string = manifestPath): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest; // checked by the next line
  checkManifest(manifest);
  return manifest;
}

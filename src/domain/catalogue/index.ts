import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseJson } from "../../platform/json.ts";
import { hasPlaces, placesOf } from "./places.ts";

/** Texts by what they describe (`tool:read`, `config:gateway.port`), and there by the member they stand in. */
export type Texts = Record<string, Record<string, string>>;

/** What `understudy catalog import` keeps in the state folder. */
export interface CatalogueFile {
  readonly version: 1;
  /** The reference that the texts come from. */
  readonly reference: string;
  readonly importedAtMs: number;
  readonly texts: Texts;
}

/** Describes what is offered here in the words of the operator's installed reference, once imported. */
export interface Catalogue {
  /** The answer of a method with the imported texts in the place of our own. What is given is not changed. */
  dress(method: string, answer: unknown): unknown;
}

export const catalogueFile = (stateDir: string): string =>
  path.join(stateDir, "understudy", "catalogue.json");

/** The imported catalogue; undefined where none is, or where the file is not one. */
export async function readCatalogue(stateDir: string): Promise<CatalogueFile | undefined> {
  let text: string;
  try {
    text = await readFile(catalogueFile(stateDir), "utf8");
  } catch {
    return undefined;
  }
  const file = parseJson(text);
  const isOne =
    typeof file === "object" && file !== null && "version" in file && file.version === 1 && "texts" in file;
  // Only the import writes the file, whole or not at all.
  return isOne ? (file as CatalogueFile) : undefined;
}

export async function openCatalogue(stateDir: string): Promise<Catalogue> {
  const file = await readCatalogue(stateDir);
  if (file === undefined) return { dress: (_method, answer) => answer };
  const { texts } = file;
  return {
    dress(method, answer) {
      if (!hasPlaces(method)) return answer;
      const dressed: unknown = structuredClone(answer);
      for (const place of placesOf(method, dressed)) {
        if (Object.hasOwn(texts, place.key)) Object.assign(place.holder, texts[place.key]);
      }
      return dressed;
    },
  };
}

/** The texts that an answer of the reference holds. */
export function textsIn(method: string, answer: unknown): Texts {
  const texts: Texts = {};
  for (const { key, holder, texts: members } of placesOf(method, answer)) {
    const found = members.flatMap((name) => {
      const text = holder[name];
      return typeof text === "string" && text !== "" ? [[name, text] as const] : [];
    });
    if (found.length > 0) texts[key] = { ...texts[key], ...Object.fromEntries(found) };
  }
  return texts;
}

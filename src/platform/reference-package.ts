import { readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

/** Where an operator's own copy of the reference may be. */
export interface ReferenceSearch {
  /** The folder of the package, where somebody says it. */
  readonly named: string | undefined;
  /** `gateway.controlUi.root`: the folder of a Control UI, which stands two folders below its package. */
  readonly controlUiRoot: string | undefined;
  /** The value of PATH: an `openclaw` command found there leads to its package. */
  readonly searchPath: string;
  /** Folders whose `node_modules/openclaw` is looked at as well. */
  readonly besides: readonly string[];
}

/**
 * The package of an installed reference, or undefined. Our own package has none of its skills or hooks: they are
 * read where the operator installed them, or not at all.
 */
export async function findReferencePackage(search: ReferenceSearch): Promise<string | undefined> {
  const { named, controlUiRoot, searchPath, besides } = search;
  const candidates = [
    ...(named === undefined ? [] : [() => named]),
    ...(controlUiRoot === undefined ? [] : [() => dirname(dirname(controlUiRoot))]),
    ...besides.map((folder) => () => join(folder, "node_modules", "openclaw")),
    ...searchPath
      .split(delimiter)
      .filter(Boolean)
      // An installed command is a link to `openclaw.mjs` at the root of its package.
      .map((folder) => async () => dirname(await realpath(join(folder, "openclaw")))),
  ];
  for (const candidate of candidates) {
    const found = await isPackage(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function isPackage(candidate: () => string | Promise<string>): Promise<string | undefined> {
  try {
    const folder = await realpath(await candidate());
    const names = await readdir(folder);
    return names.includes("openclaw.mjs") && names.includes("skills") ? folder : undefined;
  } catch {
    return undefined;
  }
}

import { readFile, realpath, stat } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

const UI_FOLDER = join("dist", "control-ui");

export interface RootSearch {
  /** `gateway.controlUi.root`. When it is set, nothing else is looked at. */
  readonly configured?: string;
  /** The value of PATH: an `openclaw` command found there leads to its package. */
  readonly path: string;
  /** Folders whose `node_modules/openclaw` is looked at as well. */
  readonly besides: readonly string[];
}

/**
 * The folder of the Control UI of an installed OpenClaw, or undefined. Our own package contains none of it, so
 * what is served is always the operator's own copy.
 */
export async function findControlUiRoot(search: RootSearch): Promise<string | undefined> {
  if (search.configured !== undefined) return isControlUi(search.configured);
  for (const folder of search.besides) {
    const found = await isControlUi(join(folder, "node_modules", "openclaw", UI_FOLDER));
    if (found !== undefined) return found;
  }
  for (const folder of search.path.split(delimiter).filter(Boolean)) {
    const found = await besideCommand(join(folder, "openclaw"));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An installed command is a link to `openclaw.mjs` at the root of its package. */
async function besideCommand(command: string): Promise<string | undefined> {
  try {
    return await isControlUi(join(dirname(await realpath(command)), UI_FOLDER));
  } catch {
    return undefined;
  }
}

async function isControlUi(folder: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    await readFile(join(root, "index.html"));
    return (await stat(root)).isDirectory() ? root : undefined;
  } catch {
    return undefined;
  }
}

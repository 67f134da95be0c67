import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { Executables } from "../../../domain/approvals/index.ts";

/** Words of one command that are looked at; what has more is told apart by its number of words alone. */
const WORDS_MAX = 512;

/**
 * Programs as `PATH` finds them. A folder of `PATH` that is not absolute may be the model's: nothing is certain then.
 */
export function createExecutables(searchPath: () => string): Executables {
  return {
    async find(name, cwd) {
      if (name.includes("/")) {
        const file = path.resolve(cwd, name);
        return (await isProgram(file)) ? file : undefined;
      }
      for (const folder of searchPath().split(path.delimiter)) {
        if (!path.isAbsolute(folder)) return undefined;
        const file = path.join(folder, name);
        if (await isProgram(file)) return file;
      }
      return undefined;
    },
    async stamp(words, cwd) {
      const stamps = await Promise.all(
        words.slice(0, WORDS_MAX).map(async (word) => {
          try {
            const file = await realpath(path.resolve(cwd, word));
            const { dev, ino, size, mtimeNs, ctimeNs, mode } = await stat(file, { bigint: true });
            // A folder changes whenever something in it does, which says nothing about the folder.
            const isFile = (mode & BigInt(constants.S_IFMT)) === BigInt(constants.S_IFREG);
            return isFile ? [file, dev, ino, size, mtimeNs, ctimeNs].join(":") : `${file}:${mode}`;
          } catch {
            return "-";
          }
        }),
      );
      return [words.length, ...stamps].join("\n");
    },
  };
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

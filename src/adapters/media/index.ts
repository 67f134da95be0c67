import { copyFile, mkdir, open, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { MediaStore } from "../../domain/runs/index.ts";

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** A picture larger than this is not shown again to a model that asks for the conversation so far. */
const READ_BYTES_MAX = 8 * 1024 * 1024;

/** Files that came with messages, under `media/inbound` of the state folder. */
export function createMediaFiles(stateDir: string): MediaStore {
  const inbound = path.join(stateDir, "media", "inbound");
  return {
    async keep(name, base64) {
      await mkdir(inbound, { recursive: true, mode: PRIVATE_FOLDER });
      const handle = await open(path.join(inbound, name), "w", PRIVATE_FILE);
      try {
        await handle.writeFile(Buffer.from(base64, "base64"));
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async read(name) {
      const file = path.join(inbound, name);
      try {
        if ((await stat(file)).size > READ_BYTES_MAX) return undefined;
        return await readFile(file, "base64");
      } catch {
        return undefined;
      }
    },
    async stage(workspace, folder, name) {
      const target = path.join(workspace, "media", "inbound", folder);
      await mkdir(target, { recursive: true, mode: PRIVATE_FOLDER });
      const file = path.join(target, `input-${name}`);
      await copyFile(path.join(inbound, name), file);
      return file;
    },
  };
}

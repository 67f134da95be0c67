import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import type { Clock, Timer } from "../../platform/clock.ts";

/**
 * Calls back when one of the files was written, replaced, made or removed, once they have been quiet for a while.
 * The folders are watched and not the files: a file that an editor replaces is another file to the system.
 */
export function watchFolders(
  files: readonly string[],
  quietMs: number,
  clock: Clock,
  onQuiet: () => void,
): () => void {
  const wanted = new Set(files);
  let timer: Timer | undefined;
  const touched = (folder: string) => (_event: string, name: string | null) => {
    if (name !== null && !wanted.has(path.join(folder, name))) return;
    timer?.cancel();
    timer = clock.after(quietMs, onQuiet);
  };
  const watchers: FSWatcher[] = [];
  for (const folder of new Set(files.map((file) => path.dirname(file)))) {
    try {
      const watcher = watch(folder, { persistent: false }, touched(folder));
      watcher.on("error", () => watcher.close());
      watchers.push(watcher);
    } catch {
      // A folder that is not there has no file to change; the next start finds what is made in it.
    }
  }
  return () => {
    timer?.cancel();
    for (const watcher of watchers) watcher.close();
  };
}

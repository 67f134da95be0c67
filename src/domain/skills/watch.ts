import { type FSWatcher, statSync, watch } from "node:fs";
import path from "node:path";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { SkillPlace } from "./scan.ts";

/** Folders that are watched at once, and how long they must have been quiet. */
const WATCHED_MAX = 64;
const QUIET_MS = 250;

/** The names of places in the folders that they are made in. */
const PLACES = new Set(["skills", ".agents", "workshop-skills"]);

/** Notices that people change skills by hand. What is not there yet is looked for again at each question. */
export interface SkillWatch {
  follow(places: readonly SkillPlace[]): void;
  close(): void;
}

export function createSkillWatch(clock: Clock, onChange: () => void): SkillWatch {
  const watchers = new Map<string, FSWatcher>();
  const known = new Map<string, SkillPlace>();
  let timer: Timer | undefined;
  let isClosed = false;

  function touched(): void {
    timer?.cancel();
    timer = clock.after(QUIET_MS, () => {
      // What changed may be a place that was made just now.
      follow([...known.values()]);
      onChange();
    });
  }

  function open(folder: string, isDeep: boolean, concerns: (name: string) => boolean): void {
    if (watchers.has(folder) || watchers.size >= WATCHED_MAX || !isFolder(folder)) return;
    try {
      const options = { persistent: false, recursive: isDeep };
      const watcher = watch(folder, options, (_event, name) => {
        if (name === null || concerns(name)) touched();
      });
      const stop = (): void => {
        watcher.close();
        watchers.delete(folder);
      };
      watcher.on("error", stop);
      watchers.set(folder, watcher);
    } catch {
      // The system watches no more folders, or this one is gone: the next question finds what changed.
    }
  }

  function follow(places: readonly SkillPlace[]): void {
    if (isClosed) return;
    for (const place of places) {
      const { folder, isBundled } = place;
      if (isBundled === true) continue;
      if (known.size < WATCHED_MAX) known.set(folder, place);
      open(folder, true, () => true);
      // A folder that is made later is noticed by the one that it is made in.
      open(path.dirname(folder), false, (name) => PLACES.has(name));
    }
  }

  return {
    follow,
    close() {
      isClosed = true;
      timer?.cancel();
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

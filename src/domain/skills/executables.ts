import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Whether a program of this name could be started. */
export function isOnPath(name: string, searchPath: string): boolean {
  if (name === "" || name.includes("/")) return false;
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

import { mkdir, rename, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { isoTime } from "../../platform/iso.ts";

export interface Repair {
  readonly changed: boolean;
  readonly archiveDir: string;
  readonly archivedSessionCorpus: boolean;
  readonly archivedSessionIngestion: boolean;
}

/** Puts what the ingestion of conversations left behind aside, where it can be looked at; the diary stays. */
export async function repairArtifacts(
  workspace: string,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
): Promise<Repair> {
  const moment = isoTime(clock.now()).replaceAll(/[:.]/g, "-");
  const archiveDir = path.join(workspace, ".openclaw-repair", "dreaming", moment);
  const archive = async (name: string): Promise<boolean> => {
    const file = path.join(workspace, "memory", ".dreams", name);
    if ((await stat(file).catch(() => undefined)) === undefined) return false;
    await mkdir(archiveDir, { recursive: true, mode: 0o700 });
    await rename(file, path.join(archiveDir, `${name}.${ids.uuid()}`));
    return true;
  };
  const archivedSessionCorpus = await archive("session-corpus");
  const archivedSessionIngestion = await archive("session-ingestion.json");
  return {
    changed: archivedSessionCorpus || archivedSessionIngestion,
    archiveDir,
    archivedSessionCorpus,
    archivedSessionIngestion,
  };
}

import type { Database as Sqlite } from "better-sqlite3";
import { isProcessAlive, processStartMark } from "../platform/processes.ts";

interface OwnerRow {
  readonly pid: number;
  readonly started: string | null;
}

/** Another process works on this state folder. */
export class StateInUseError extends Error {
  override readonly name = "StateInUseError";
  readonly ownerPid: number;

  constructor(file: string, ownerPid: number) {
    super(
      `state folder is in use by process ${ownerPid} (${file}); stop that gateway or use another state folder`,
    );
    this.ownerPid = ownerPid;
  }
}

/** Whether the process that wrote the row is still the process with that id. */
function isAlive(row: OwnerRow): boolean {
  if (!isProcessAlive(row.pid)) return false;
  const started = processStartMark(row.pid);
  return row.started === null || started === undefined || started === row.started;
}

/**
 * Makes this process the owner of the database. The row is read and replaced in one write transaction, so of two
 * processes that find the same dead owner only one takes over.
 */
export function takeOwnership(db: Sqlite, file: string, claimedAt: number): void {
  db.exec(
    "CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL, started TEXT, claimed_at INTEGER NOT NULL) STRICT",
  );
  const take = db.transaction(() => {
    const row = db.prepare<[], OwnerRow>("SELECT pid, started FROM owner WHERE id = 1").get();
    if (row && isAlive(row)) throw new StateInUseError(file, row.pid);
    db.prepare("INSERT OR REPLACE INTO owner (id, pid, started, claimed_at) VALUES (1, ?, ?, ?)").run(
      process.pid,
      processStartMark(process.pid) ?? null,
      claimedAt,
    );
  });
  take.immediate();
}

export function releaseOwnership(db: Sqlite): void {
  db.prepare("DELETE FROM owner WHERE id = 1 AND pid = ?").run(process.pid);
}

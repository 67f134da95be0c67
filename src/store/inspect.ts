import { existsSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { isProcessAlive } from "../platform/processes.ts";
import { databaseFile } from "./database.ts";

/** What can be said of a database without owning it or changing it. */
export interface Inspection {
  readonly file: string;
  readonly exists: boolean;
  /** Problems that SQLite's own check found; empty when sound. */
  readonly problems: readonly string[];
  readonly migrations: readonly string[];
  readonly sessions: number;
  /** The process that has the state folder, if one does. */
  readonly ownerPid?: number;
  readonly isOwnerAlive?: boolean;
}

/** Reads a database that a gateway may be working on. Nothing is written. */
export function inspectDatabase(stateDir: string): Inspection {
  const file = databaseFile(stateDir);
  const nothing = { file, problems: [], migrations: [], sessions: 0 };
  if (!existsSync(file)) return { ...nothing, exists: false };
  let db: Sqlite.Database;
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    return { ...nothing, exists: true, problems: [String(error)] };
  }
  try {
    return { ...nothing, exists: true, ...read(db) };
  } catch (error) {
    return { ...nothing, exists: true, problems: [error instanceof Error ? error.message : String(error)] };
  } finally {
    db.close();
  }
}

function read(db: Sqlite.Database): Partial<Inspection> {
  const rows = db.prepare<[], { integrity_check: string }>("PRAGMA integrity_check").all();
  const tables = new Set(
    db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map((table) => table.name),
  );
  const migrations = tables.has("migration")
    ? db.prepare<[], { name: string }>("SELECT name FROM migration ORDER BY id").all()
    : [];
  const sessions = tables.has("session")
    ? db.prepare<[], { count: number }>("SELECT count(*) AS count FROM session").get()
    : undefined;
  const owner = tables.has("owner")
    ? db.prepare<[], { pid: number }>("SELECT pid FROM owner WHERE id = 1").get()
    : undefined;
  return {
    problems: rows.map((row) => row.integrity_check).filter((line) => line !== "ok"),
    migrations: migrations.map((migration) => migration.name),
    sessions: sessions?.count ?? 0,
    ...(owner === undefined ? {} : { ownerPid: owner.pid, isOwnerAlive: isProcessAlive(owner.pid) }),
  };
}

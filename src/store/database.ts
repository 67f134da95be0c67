import { mkdirSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Clock } from "../platform/clock.ts";
import { afterThisTurn } from "../platform/turn.ts";
import { type LogSync, NO_LOG, openLogSync } from "./log-sync.ts";
import { MIGRATIONS, type Migration } from "./migrations/index.ts";
import { releaseOwnership, takeOwnership } from "./owner.ts";

/** Statements kept compiled. Ours are a fixed set of literals, so the bound is a guard and not a working limit. */
const STATEMENTS_MAX = 512;
/** How long a statement waits for another process (a backup, `doctor`) before it fails. */
const BUSY_TIMEOUT_MS = 5_000;

/** The database was written by a later version of this program. */
export class NewerDatabaseError extends Error {
  override readonly name = "NewerDatabaseError";
}

export interface Database {
  readonly file: string;
  /** Whether there was nothing before this start. */
  readonly isNew: boolean;
  /** A compiled statement, kept for the next call with the same text. */
  statement(sql: string): Sqlite.Statement;
  all<Row>(sql: string, ...values: unknown[]): Row[];
  one<Row>(sql: string, ...values: unknown[]): Row | undefined;
  run(sql: string, ...values: unknown[]): Sqlite.RunResult;
  /**
   * Runs a change and resolves with its result once it is durable. Changes asked for in the same turn of the event
   * loop share one transaction, and all that came during one sync of the disk share the next; one that throws is undone
   * alone.
   */
  write<Result>(change: () => Result, durability?: Durability): Promise<Result>;
  /** The same at once, for what must happen before the next line (start, shutdown). */
  writeNow<Result>(change: () => Result): Result;
  /** Problems found by SQLite's own check; empty when sound. */
  integrity(): readonly string[];
  close(): void;
}

/**
 * `synced`: there after a power cut. `covered`: there after the end of the process, and after a power cut once
 * anything that is synced was written behind it: right for what a later write, that somebody waits for, makes good.
 */
export type Durability = "synced" | "covered";

interface Pending {
  readonly durability: Durability;
  readonly change: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** A change that is in the database, and the word for whoever waits for it. */
interface Settled {
  readonly job: Pending;
  readonly tell: () => void;
}

export interface DatabaseOptions {
  /** `<stateDir>/understudy/understudy.sqlite`, or undefined for one in memory. */
  readonly stateDir: string | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly migrations?: readonly Migration[];
  /** How the log of the file is brought to the disk. */
  readonly openLog?: (file: string) => LogSync;
}

export function databaseFile(stateDir: string): string {
  return path.join(stateDir, "understudy", "understudy.sqlite");
}

/** Opens the one database of a state folder, brings it up to date and takes ownership of it. */
export function openDatabase(options: DatabaseOptions): Database {
  const file = options.stateDir === undefined ? ":memory:" : databaseFile(options.stateDir);
  if (options.stateDir !== undefined) mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const db = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  let isNew: boolean;
  try {
    configure(db);
    takeOwnership(db, file, options.clock.now());
    isNew = migrate(db, file, options.migrations ?? MIGRATIONS, options.clock.now());
  } catch (error) {
    db.close();
    throw error;
  }
  // SQLite made the log with the first of the writes above and keeps this file until the database is closed.
  const log = options.stateDir === undefined ? NO_LOG : (options.openLog ?? openLogSync)(`${file}-wal`);
  return wrap(db, { file, isNew, log });
}

function configure(db: Sqlite.Database): void {
  db.pragma("journal_mode = WAL");
  // An answer is a promise: what was acknowledged must be there after `kill -9`, which any setting gives (the pages
  // are the kernel's by then), and after a power cut, which only a sync of the log before the answer gives. `write`
  // waits for that sync itself, beside the event loop; with NORMAL SQLite syncs only where it copies or restarts the
  // log, which is what keeps the file whole.
  db.pragma("synchronous = NORMAL");
  db.pragma("foreign_keys = ON");
  db.pragma("temp_store = MEMORY");
  // The kernel caches the file as well, for everybody.
  db.pragma("cache_size = -8192");
  db.pragma("journal_size_limit = 16777216");
}

/** Returns whether nothing had been there. */
function migrate(db: Sqlite.Database, file: string, known: readonly Migration[], now: number): boolean {
  db.exec(
    "CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
  );
  const applied = db.prepare<[], { id: number; name: string }>("SELECT id, name FROM migration").all();
  const unknown = applied.filter((row) => !known.some((migration) => migration.id === row.id));
  if (unknown.length > 0) {
    const names = unknown.map((row) => `${row.id}-${row.name}`).join(", ");
    releaseOwnership(db);
    throw new NewerDatabaseError(
      `${file} was written by a newer version of understudy (unknown schema steps: ${names}); install that version or use another state folder`,
    );
  }
  const missing = known
    .filter((migration) => !applied.some((row) => row.id === migration.id))
    .toSorted((left, right) => left.id - right.id);
  if (missing.length === 0) return false;
  const apply = db.transaction(() => {
    for (const migration of missing) {
      db.exec(migration.sql);
      db.prepare("INSERT INTO migration (id, name, applied_at) VALUES (?, ?, ?)").run(
        migration.id,
        migration.name,
        now,
      );
    }
  });
  apply.immediate();
  return applied.length === 0;
}

function wrap(
  db: Sqlite.Database,
  { file, isNew, log }: { readonly file: string; readonly isNew: boolean; readonly log: LogSync },
): Database {
  const statements = new Map<string, Sqlite.Statement>();
  let pending: Pending[] = [];

  const statement = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= STATEMENTS_MAX) statements.clear();
    const made = db.prepare(sql);
    statements.set(sql, made);
    return made;
  };

  /** One transaction for all that waits. Nobody is told before the commit, and everybody is told if it fails. */
  const flush = (): void => {
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    const synced: Settled[] = [];
    const covered: Settled[] = [];
    try {
      db.transaction(() => {
        for (const job of batch) {
          const told = job.durability === "synced" ? synced : covered;
          try {
            const value = db.transaction(job.change)();
            told.push({ job, tell: () => job.resolve(value) });
          } catch (error) {
            told.push({ job, tell: () => job.reject(error) });
          }
        }
      }).immediate();
    } catch (error) {
      for (const job of batch) job.reject(error);
      return;
    }
    for (const { tell } of covered) tell();
    if (synced.length === 0) return;
    log.after((error) => {
      for (const { job, tell } of synced) {
        if (error === null) tell();
        else job.reject(error);
      }
    });
  };

  return {
    file,
    isNew,
    statement,
    // Rows are what the statement selects; the caller names their type beside the SQL.
    all: <Row>(sql: string, ...values: unknown[]) => statement(sql).all(...values) as Row[],
    one: <Row>(sql: string, ...values: unknown[]) => statement(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => statement(sql).run(...values),
    write<Result>(change: () => Result, durability: Durability = "synced"): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      pending.push({ change, resolve, reject, durability });
      if (pending.length === 1) afterThisTurn(flush);
      return promise as Promise<Result>;
    },
    writeNow(change) {
      const result = db.transaction(change).immediate();
      log.now();
      return result;
    },
    integrity() {
      const rows = db.pragma("integrity_check") as { integrity_check: string }[];
      return rows.map((row) => row.integrity_check).filter((line) => line !== "ok");
    },
    close() {
      if (!db.open) return;
      if (pending.length > 0) flush();
      statements.clear();
      releaseOwnership(db);
      log.now();
      log.close();
      db.close();
    },
  };
}

import type { RunJournal } from "../domain/runs/index.ts";
import type { RunOutcome, RunRequest } from "../domain/runs/request.ts";
import type { Database } from "./database.ts";

/** Entries looked at once, so that a start after a bad day stays bounded. */
const LEFTOVERS_MAX = 10_000;
/** Old entries are removed once for this many new ones. */
const SWEEP_EVERY = 256;

export interface RunJournalOptions {
  readonly database: Database;
  readonly now: () => number;
  /** How long an outcome is kept for repeats of the request. */
  readonly retentionMs: number;
  /** Entries kept at most, however young. */
  readonly entriesMax: number;
}

interface Row {
  readonly request: string;
  readonly outcome: string | null;
}

/** The journal of the runs over SQLite. */
export function createRunJournal(options: RunJournalOptions): RunJournal {
  const { database, now, retentionMs, entriesMax } = options;
  let sinceSweep = 0;

  const one = (runId: string) =>
    database.one<Row>("SELECT request, outcome FROM run WHERE run_id = ?", runId);

  /** Runs inside the transaction of the insert that made it due. */
  function sweep(): void {
    sinceSweep += 1;
    if (sinceSweep < SWEEP_EVERY) return;
    sinceSweep = 0;
    database.run("DELETE FROM run WHERE outcome IS NOT NULL AND accepted_at < ?", now() - retentionMs);
    database.run(
      "DELETE FROM run WHERE outcome IS NOT NULL AND position <= (SELECT max(position) FROM run) - ?",
      entriesMax,
    );
  }

  return {
    accept: (request) =>
      database.write(() => {
        const known = one(request.runId);
        if (known !== undefined) return toEntry(known);
        database.run(
          "INSERT INTO run (run_id, session_key, accepted_at, request) VALUES (?, ?, ?, ?)",
          request.runId,
          request.sessionKey,
          request.acceptedAt,
          JSON.stringify(request),
        );
        sweep();
        return undefined;
      }),
    settle: (runId, outcome) =>
      database.write(() => {
        database.run(
          "UPDATE run SET outcome = ?, is_interrupted = ? WHERE run_id = ? AND outcome IS NULL",
          JSON.stringify(outcome),
          outcome.isInterrupted === true ? 1 : 0,
          runId,
        );
      }),
    find: async (runId) => {
      const row = one(runId);
      return row === undefined ? undefined : toEntry(row);
    },
    unfinished: async () =>
      database
        .all<Row>(
          "SELECT request, outcome FROM run WHERE outcome IS NULL ORDER BY position LIMIT ?",
          LEFTOVERS_MAX,
        )
        .map(toEntry),
    interrupted: async () =>
      database
        .all<Row>(
          "SELECT request, outcome FROM run WHERE is_interrupted = 1 ORDER BY position LIMIT ?",
          LEFTOVERS_MAX,
        )
        .map(toEntry),
  };
}

function toEntry(row: Row) {
  // Both columns are written above and nowhere else.
  const request = JSON.parse(row.request) as RunRequest;
  return row.outcome === null ? { request } : { request, outcome: JSON.parse(row.outcome) as RunOutcome };
}

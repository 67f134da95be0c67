import type { Migration } from "./migration.ts";

/** What was promised to clients. `outcome` stays null until the run has ended; see `RunJournal`. */
export default {
  id: 5,
  name: "runs",
  sql: `
    CREATE TABLE run (
      position INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE,
      session_key TEXT NOT NULL,
      accepted_at INTEGER NOT NULL,
      is_interrupted INTEGER NOT NULL DEFAULT 0,
      request TEXT NOT NULL,
      outcome TEXT
    ) STRICT;
    CREATE INDEX run_unfinished ON run (position) WHERE outcome IS NULL;
    CREATE INDEX run_interrupted ON run (position) WHERE is_interrupted = 1;
    CREATE INDEX run_by_age ON run (accepted_at) WHERE outcome IS NOT NULL;
  `,
} satisfies Migration;

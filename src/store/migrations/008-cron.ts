import type { Migration } from "./migration.ts";

/**
 * `body` is the job with its state, `claim` the run that was begun and not yet put on record. A run's place in the
 * history is unique by its id, so that putting it on record twice is putting it there once.
 */
export default {
  id: 8,
  name: "cron",
  sql: `
    CREATE TABLE cron_job (
      id TEXT PRIMARY KEY,
      declaration_key TEXT UNIQUE,
      body TEXT NOT NULL,
      claim TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cron_run (
      position INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE,
      job_id TEXT NOT NULL,
      ended_at INTEGER NOT NULL,
      status TEXT NOT NULL,
      delivery_status TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX cron_run_by_job ON cron_run (job_id, ended_at);
    CREATE INDEX cron_run_by_age ON cron_run (ended_at);

    CREATE TABLE cron_scratch (
      job_id TEXT PRIMARY KEY,
      revision INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      content TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE task (
      task_id TEXT PRIMARY KEY,
      updated_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX task_by_update ON task (updated_at);
  `,
} satisfies Migration;

import type { Migration } from "./migration.ts";

/**
 * `session.body` is the entry as JSON; the columns beside it are the ones that lists filter and sort by.
 *
 * A transcript is a tree: `parent_id` names the message before, and `is_active` marks the path from the root to the
 * leaf that the session is on. `seq` is the depth on that path, `raw_seq` the place in the order of writing.
 */
export default {
  id: 1,
  name: "sessions",
  sql: `
    CREATE TABLE session (
      key TEXT PRIMARY KEY,
      agent_id TEXT NOT NULL,
      session_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      last_interaction_at INTEGER,
      archived_at INTEGER,
      pinned_at INTEGER,
      label TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX session_by_update ON session (updated_at DESC, key);
    CREATE INDEX session_by_id ON session (session_id);
    CREATE INDEX session_by_label ON session (label) WHERE label IS NOT NULL;

    CREATE TABLE message (
      position INTEGER PRIMARY KEY,
      session_id TEXT NOT NULL,
      id TEXT NOT NULL UNIQUE,
      parent_id TEXT,
      seq INTEGER NOT NULL,
      raw_seq INTEGER NOT NULL,
      is_active INTEGER NOT NULL DEFAULT 1,
      role TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      run_id TEXT,
      idempotency_key TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX message_by_parent ON message (parent_id);
    CREATE UNIQUE INDEX message_active ON message (session_id, seq) WHERE is_active = 1;
    CREATE UNIQUE INDEX message_written ON message (session_id, raw_seq);
    CREATE UNIQUE INDEX message_idempotent ON message (session_id, idempotency_key)
      WHERE idempotency_key IS NOT NULL;

    CREATE VIRTUAL TABLE message_text USING fts5 (text, content = '', contentless_delete = 1);

    CREATE TABLE session_group (
      name TEXT PRIMARY KEY,
      position INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;

    CREATE TABLE session_state (
      scope TEXT NOT NULL,
      name TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (scope, name)
    ) STRICT, WITHOUT ROWID;
  `,
} satisfies Migration;

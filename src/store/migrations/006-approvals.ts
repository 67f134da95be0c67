import type { Migration } from "./migration.ts";

/** One row per approval that was ever asked for; `resolved_at` is null while it waits. `body` is the whole record. */
export default {
  id: 6,
  name: "approvals",
  sql: `
    CREATE TABLE approval (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      resolved_at INTEGER,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX approval_by_end ON approval (resolved_at DESC, id DESC) WHERE resolved_at IS NOT NULL;
  `,
} satisfies Migration;

import type { Migration } from "./migration.ts";

export default {
  id: 2,
  name: "idempotency",
  sql: `
    CREATE TABLE idempotency (
      method TEXT NOT NULL,
      key TEXT NOT NULL,
      run_id TEXT NOT NULL,
      claimed_at INTEGER NOT NULL,
      settled_at INTEGER,
      ok INTEGER,
      payload TEXT,
      PRIMARY KEY (method, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX idempotency_age ON idempotency (claimed_at);
  `,
} satisfies Migration;

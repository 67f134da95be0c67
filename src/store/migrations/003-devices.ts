import type { Migration } from "./migration.ts";

export default {
  id: 3,
  name: "devices",
  sql: `
    CREATE TABLE device (
      device_id TEXT PRIMARY KEY,
      approved_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} satisfies Migration;

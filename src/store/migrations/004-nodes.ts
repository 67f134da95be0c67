import type { Migration } from "./migration.ts";

/** `body` is what was approved for a node and what it waits for, `work` what it should do when it is back. */
export default {
  id: 4,
  name: "nodes",
  sql: `
    CREATE TABLE node (
      node_id TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} satisfies Migration;

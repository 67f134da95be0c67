import type { Migration } from "./migration.ts";

/** Small settings that are one JSON value each (the exec policy, wake words, a board …), by scope and name. */
export default {
  id: 7,
  name: "documents",
  sql: `
    CREATE TABLE document (
      scope TEXT NOT NULL,
      name TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (scope, name)
    ) STRICT, WITHOUT ROWID;
  `,
} satisfies Migration;

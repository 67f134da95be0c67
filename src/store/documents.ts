import type { Documents } from "../domain/documents/index.ts";
import type { Database } from "./database.ts";

export function createDocuments(db: Database): Documents {
  return {
    async read(scope, name) {
      const sql = "SELECT body FROM document WHERE scope = ? AND name = ?";
      const row = db.one<{ body: string }>(sql, scope, name);
      return row === undefined ? undefined : (JSON.parse(row.body) as unknown);
    },
    async write(scope, name, value) {
      await db.write(() => {
        if (value === undefined) {
          db.run("DELETE FROM document WHERE scope = ? AND name = ?", scope, name);
          return;
        }
        const sql = "INSERT OR REPLACE INTO document (scope, name, body) VALUES (?, ?, ?)";
        db.run(sql, scope, name, JSON.stringify(value));
      });
    },
    async names(scope) {
      const sql = "SELECT name FROM document WHERE scope = ? ORDER BY name";
      return db.all<{ name: string }>(sql, scope).map(({ name }) => name);
    },
  };
}

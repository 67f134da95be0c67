import type { ApprovalRecord, ApprovalStore } from "../domain/approvals/index.ts";
import type { Database } from "./database.ts";

interface Row {
  readonly body: string;
}

// What was written here was an ApprovalRecord; a later shape comes with a migration.
const parse = ({ body }: Row): ApprovalRecord => JSON.parse(body) as ApprovalRecord;

export function createApprovalStore(db: Database): ApprovalStore {
  return {
    async get(id) {
      const row = db.one<Row>("SELECT body FROM approval WHERE id = ?", id);
      return row && parse(row);
    },
    async waiting() {
      return db.all<Row>("SELECT body FROM approval WHERE resolved_at IS NULL").map(parse);
    },
    async ended({ limit, kind, after }) {
      const sql = `SELECT body FROM approval WHERE resolved_at IS NOT NULL AND (? IS NULL OR kind = ?)
        AND (? IS NULL OR (resolved_at, id) < (?, ?)) ORDER BY resolved_at DESC, id DESC LIMIT ?`;
      const at = after?.resolvedAtMs ?? null;
      return db.all<Row>(sql, kind ?? null, kind ?? null, at, at, after?.id ?? null, limit).map(parse);
    },
    async save(record, endedMax) {
      await db.write(() => {
        const { id, kind, ending } = record;
        const sql = "INSERT OR REPLACE INTO approval (id, kind, resolved_at, body) VALUES (?, ?, ?, ?)";
        db.run(sql, id, kind, ending?.at ?? null, JSON.stringify(record));
        if (ending === undefined) return;
        const old = `DELETE FROM approval WHERE id IN (SELECT id FROM approval WHERE resolved_at IS NOT NULL
          ORDER BY resolved_at DESC, id DESC LIMIT -1 OFFSET ?)`;
        db.run(old, endedMax);
      });
    },
  };
}

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type { Entry } from "../domain/sessions/entry.ts";
import type { SessionStore } from "../domain/sessions/store.ts";
import type { Database } from "./database.ts";
import { upsertEntry } from "./session-entry.ts";
import { createTranscriptStore } from "./transcripts.ts";

const compress = promisify(zstdCompress);

export function createSessionStore(database: Database): SessionStore {
  const transcripts = createTranscriptStore(database);
  return {
    ...transcripts,
    async loadEntries() {
      const rows = database.all<{ body: string }>("SELECT body FROM session");
      // The row was written by `upsertEntry` and by nobody else.
      return rows.map((row) => JSON.parse(row.body) as Entry);
    },
    saveEntry: (entry, isCovered = false) =>
      database.write(() => upsertEntry(database, entry), isCovered ? "covered" : "synced"),
    deleteEntry: (key, transcriptIds) =>
      database.write(() => {
        database.run("DELETE FROM session WHERE key = ?", key);
        for (const id of transcriptIds) transcripts.drop(id);
      }),
    async archive(transcriptId, file) {
      const records = await transcripts.since(transcriptId, 0, Number.MAX_SAFE_INTEGER);
      const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, await compress(lines), { mode: 0o600 });
    },
    async sizeBytes() {
      const sql = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";
      return database.one<{ bytes: number }>(sql)?.bytes ?? 0;
    },
    async readDocument(scope, name) {
      const sql = "SELECT body FROM session_state WHERE scope = ? AND name = ?";
      const row = database.one<{ body: string }>(sql, scope, name);
      return row === undefined ? undefined : (JSON.parse(row.body) as unknown);
    },
    writeDocument: (scope, name, value) =>
      database.write(() => {
        if (value === undefined) {
          database.run("DELETE FROM session_state WHERE scope = ? AND name = ?", scope, name);
          return;
        }
        const sql = "INSERT OR REPLACE INTO session_state (scope, name, body) VALUES (?, ?, ?)";
        database.run(sql, scope, name, JSON.stringify(value));
      }),
  };
}

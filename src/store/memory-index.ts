import Sqlite from "better-sqlite3";
import type { MemoryTexts } from "../domain/memory/index.ts";

interface Row {
  readonly file: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly body: string;
  readonly rank: number;
}

/**
 * The words of memory files, in a database of their own that lives in memory: what it holds is read from the files
 * again after a start, so nothing of it needs to be kept.
 */
export function openMemoryIndex(): MemoryTexts {
  const db = new Sqlite(":memory:");
  db.exec(
    `CREATE VIRTUAL TABLE chunk USING fts5(
       body, agent UNINDEXED, file UNINDEXED, start_line UNINDEXED, end_line UNINDEXED, tokenize = 'unicode61'
     );
     CREATE TABLE mark (agent TEXT NOT NULL, file TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (agent, file));`,
  );
  const dropChunks = db.prepare("DELETE FROM chunk WHERE agent = ? AND file = ?");
  const dropMark = db.prepare("DELETE FROM mark WHERE agent = ? AND file = ?");
  const addChunk = db.prepare(
    "INSERT INTO chunk (body, agent, file, start_line, end_line) VALUES (?, ?, ?, ?, ?)",
  );
  const addMark = db.prepare("INSERT INTO mark (agent, file, mark) VALUES (?, ?, ?)");
  const marks = db.prepare<[string], { file: string; mark: string }>(
    "SELECT file, mark FROM mark WHERE agent = ?",
  );
  const find = db.prepare<[string, string, number], Row>(
    `SELECT file, start_line, end_line, body, bm25(chunk) AS rank FROM chunk
     WHERE chunk MATCH ? AND agent = ? ORDER BY rank LIMIT ?`,
  );
  const drop = db.transaction((agentId: string, file: string) => {
    dropChunks.run(agentId, file);
    dropMark.run(agentId, file);
  });
  return {
    marks: (agentId) => new Map(marks.all(agentId).map(({ file, mark }) => [file, mark])),
    put: db.transaction((agentId, file, mark, chunks) => {
      drop(agentId, file);
      for (const { text, startLine, endLine } of chunks)
        addChunk.run(text, agentId, file, startLine, endLine);
      addMark.run(agentId, file, mark);
    }) as MemoryTexts["put"],
    drop,
    find(agentId, words, mode, limit) {
      const match = words
        .map((word) => `"${word.replaceAll('"', '""')}"`)
        .join(mode === "all" ? " AND " : " OR ");
      return find.all(match, agentId, limit).map(({ file, start_line, end_line, body, rank }) => ({
        file,
        startLine: start_line,
        endLine: end_line,
        text: body,
        // A rank is negative, and better the lower it is.
        weight: Math.abs(rank) / (1 + Math.abs(rank)),
      }));
    },
  };
}

import type { Message, TranscriptRecord } from "../domain/sessions/entry.ts";
import type { BranchLeaf, NewRecord, SearchHit, SessionStore } from "../domain/sessions/store.ts";
import { messageText as textOf } from "../domain/sessions/text.ts";
import type { Database } from "./database.ts";
import { upsertEntry } from "./session-entry.ts";

interface Row {
  readonly id: string;
  readonly parent_id: string | null;
  readonly seq: number;
  readonly raw_seq: number;
  readonly recorded_at: number;
  readonly run_id: string | null;
  readonly idempotency_key: string | null;
  readonly body: string;
}

const COLUMNS = "id, parent_id, seq, raw_seq, recorded_at, run_id, idempotency_key, body";
const INSERT = `
  INSERT INTO message
    (session_id, id, parent_id, seq, raw_seq, role, recorded_at, run_id, idempotency_key, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const LAST_ACTIVE = `SELECT ${COLUMNS} FROM message WHERE session_id = ? AND is_active = 1 ORDER BY seq DESC LIMIT 1`;

/** Messages with the words that are ranked; when there are more, the newest of them are taken as they are. */
const RANKED_MAX = 1_000;

type Transcripts = Pick<
  SessionStore,
  "append" | "page" | "since" | "extent" | "find" | "branches" | "activate" | "copy" | "search"
> & {
  /** Removes a transcript, inside a transaction that is open already. */
  drop(transcriptId: string): void;
};

function toRecord(row: Row): TranscriptRecord {
  return {
    id: row.id,
    seq: row.seq,
    rawSeq: row.raw_seq,
    recordedAt: row.recorded_at,
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    ...(row.idempotency_key === null ? {} : { idempotencyKey: row.idempotency_key }),
    // Written by `insert` below from a Message.
    message: JSON.parse(row.body) as Message,
  };
}

/**
 * How many records the reference writes between two messages. It opens a transcript with three, which go before the
 * question of an `agent` run and around that of a chat; it logs the end of a run before the next question, and what it
 * tells the model after the results of tools. `transcriptPosition.rawSeq` counts them.
 */
function hiddenBefore(message: Message, previous: Message | undefined, seq: number): number {
  if (message.role === "user") {
    if (previous === undefined) return isOfAgentRun(message) ? 3 : 0;
    const isOfRun = previous["openclawAbort"] === undefined && !isInjected(previous);
    return previous.role === "assistant" && isOfRun ? 1 : 0;
  }
  // The mark of a reset stands after the line that opens its transcript.
  if (message.role === "system") return previous === undefined ? 1 : 0;
  if (message.role !== "assistant" || isInjected(message)) return 0;
  if (previous?.role === "toolResult") return 1;
  return seq === 2 && previous?.role === "user" && !isOfAgentRun(previous) ? 2 : 0;
}

/** What the gateway itself said, as to a command: there was no run that could have been logged. */
function isInjected(message: Message): boolean {
  return message["model"] === "gateway-injected" && message["openclawAbort"] === undefined;
}

/** A question of a chat says through which client it came. */
function isOfAgentRun(message: Message): boolean {
  const own = message["__openclaw"];
  return typeof own === "object" && own !== null && !("transport" in own);
}

export function createTranscriptStore(database: Database): Transcripts {
  const lastRawSeq = (transcriptId: string): number =>
    database.one<{ last: number | null }>(
      "SELECT max(raw_seq) AS last FROM message WHERE session_id = ?",
      transcriptId,
    )?.last ?? 0;

  const insert = (transcriptId: string, added: NewRecord): TranscriptRecord => {
    const last = database.one<Row>(LAST_ACTIVE, transcriptId);
    const previous = last && toRecord(last);
    const seq = (previous?.seq ?? 0) + 1;
    const { role } = added.message;
    const rawSeq = lastRawSeq(transcriptId) + 1 + hiddenBefore(added.message, previous?.message, seq);
    const values = [transcriptId, added.id, last?.id ?? null, seq, rawSeq, role, added.recordedAt];
    const tags = [added.runId ?? null, added.idempotencyKey ?? null, JSON.stringify(added.message)];
    const { lastInsertRowid } = database.run(INSERT, ...values, ...tags);
    if (added.text !== "") {
      database.run("INSERT INTO message_text (rowid, text) VALUES (?, ?)", lastInsertRowid, added.text);
    }
    const { text: _, ...record } = added;
    return { ...record, seq, rawSeq };
  };

  /** The ids from a message up to the root. */
  const lineage = (leafId: string): string[] => {
    const sql = `
      WITH RECURSIVE line (id, parent_id) AS (
        SELECT id, parent_id FROM message WHERE id = ?
        UNION ALL SELECT message.id, message.parent_id FROM message JOIN line ON message.id = line.parent_id
      ) SELECT id FROM line`;
    return database.all<{ id: string }>(sql, leafId).map((row) => row.id);
  };

  /** Hits for words too common to rank: the newest messages, all worth the same. */
  const newestHits = (
    positions: readonly number[],
    transcriptIds: readonly string[] | undefined,
    limit: number,
  ): SearchHit[] => {
    const among = transcriptIds === undefined ? "" : "AND session_id IN (SELECT value FROM json_each(?))";
    const sql = `
      SELECT session_id AS transcript_id, ${COLUMNS} FROM message
      WHERE position IN (SELECT value FROM json_each(?)) AND is_active = 1 ${among}
      ORDER BY position DESC LIMIT ?`;
    const filter = transcriptIds === undefined ? [] : [JSON.stringify(transcriptIds)];
    const rows = database.all<Row & { transcript_id: string }>(
      sql,
      JSON.stringify(positions),
      ...filter,
      limit,
    );
    return rows.map((row) => {
      const record = toRecord(row);
      return { transcriptId: row.transcript_id, record, snippet: textOf(record.message), score: 0 };
    });
  };

  return {
    append: (transcriptId, added, entry) =>
      database.write(
        () => {
          const known =
            added.idempotencyKey === undefined
              ? undefined
              : database.one<Row>(
                  `SELECT ${COLUMNS} FROM message WHERE session_id = ? AND idempotency_key = ?`,
                  transcriptId,
                  added.idempotencyKey,
                );
          if (known) return { record: toRecord(known), isNew: false };
          const record = insert(transcriptId, added);
          upsertEntry(database, entry);
          return { record, isNew: true };
        },
        added.runId === undefined ? "synced" : "covered",
      ),
    async page(transcriptId, limit, before = Number.MAX_SAFE_INTEGER) {
      const sql = `SELECT ${COLUMNS} FROM message WHERE session_id = ? AND is_active = 1 AND seq < ? ORDER BY seq DESC LIMIT ?`;
      return database.all<Row>(sql, transcriptId, before, limit).map(toRecord).reverse();
    },
    async since(transcriptId, after, limit) {
      const sql = `SELECT ${COLUMNS} FROM message WHERE session_id = ? AND is_active = 1 AND seq > ? ORDER BY seq LIMIT ?`;
      return database.all<Row>(sql, transcriptId, after, limit).map(toRecord);
    },
    async extent(transcriptId) {
      const sql = "SELECT max(seq) AS last FROM message WHERE session_id = ? AND is_active = 1";
      const messages = database.one<{ last: number | null }>(sql, transcriptId)?.last ?? 0;
      return { messages, lastRawSeq: lastRawSeq(transcriptId) };
    },
    async find(transcriptId, messageId) {
      const sql = `SELECT ${COLUMNS} FROM message WHERE session_id = ? AND id = ?`;
      const row = database.one<Row>(sql, transcriptId, messageId);
      return row && toRecord(row);
    },
    async branches(transcriptId) {
      const sql = `
        SELECT ${COLUMNS} FROM message AS leaf WHERE session_id = ?
          AND NOT EXISTS (SELECT 1 FROM message AS child WHERE child.session_id = leaf.session_id AND child.parent_id = leaf.id)
        ORDER BY raw_seq DESC`;
      const active = database.one<Row>(LAST_ACTIVE, transcriptId);
      const leaves = database.all<Row>(sql, transcriptId);
      // A branch that was rewound to a message with answers ends in the middle of another one.
      const isInside = active !== undefined && !leaves.some((row) => row.id === active.id);
      return [...(isInside ? [active] : []), ...leaves].map(
        (row): BranchLeaf => ({
          leaf: toRecord(row),
          messageCount: row.seq,
          isActive: row.id === active?.id,
        }),
      );
    },
    activate: (transcriptId, leafId) =>
      database.write(() => {
        database.run("UPDATE message SET is_active = 0 WHERE session_id = ?", transcriptId);
        const line = leafId === undefined ? [] : lineage(leafId);
        for (const id of line) database.run("UPDATE message SET is_active = 1 WHERE id = ?", id);
      }),
    copy: (fromId, toId, throughSeq, makeId) =>
      database.write(() => {
        const sql = `SELECT position, ${COLUMNS} FROM message WHERE session_id = ? AND is_active = 1 AND seq <= ? ORDER BY seq`;
        for (const row of database.all<Row & { position: number }>(sql, fromId, throughSeq)) {
          const { seq: _, rawSeq: __, ...record } = toRecord(row);
          insert(toId, { ...record, id: makeId(), text: textOf(record.message) });
        }
      }),
    async search(match, transcriptIds, limit) {
      // bm25 looks at every message with the words, so words that are everywhere would stop the gateway.
      const rowids = `SELECT rowid FROM message_text WHERE message_text MATCH ? ORDER BY rowid DESC LIMIT ?`;
      const newest = database.all<{ rowid: number }>(rowids, match, RANKED_MAX + 1);
      if (newest.length > RANKED_MAX) {
        return newestHits(
          newest.map((row) => row.rowid),
          transcriptIds,
          limit,
        );
      }
      const among =
        transcriptIds === undefined ? "" : "AND message.session_id IN (SELECT value FROM json_each(?))";
      const sql = `
        SELECT message.session_id AS transcript_id, ${COLUMNS.split(", ")
          .map((column) => `message.${column}`)
          .join(", ")}, bm25(message_text) AS rank
        FROM message_text JOIN message ON message.position = message_text.rowid
        WHERE message_text MATCH ? ${among} AND message.is_active = 1
        ORDER BY rank, message.position DESC LIMIT ?`;
      const filter = transcriptIds === undefined ? [] : [JSON.stringify(transcriptIds)];
      const rows = database.all<Row & { transcript_id: string; rank: number }>(sql, match, ...filter, limit);
      return rows.map((row): SearchHit => {
        const record = toRecord(row);
        return {
          transcriptId: row.transcript_id,
          record,
          snippet: textOf(record.message),
          score: Math.max(0, -row.rank),
        };
      });
    },
    drop(transcriptId) {
      const positions = "SELECT position FROM message WHERE session_id = ?";
      database.run(`DELETE FROM message_text WHERE rowid IN (${positions})`, transcriptId);
      database.run("DELETE FROM message WHERE session_id = ?", transcriptId);
    },
  };
}

import type { Entry } from "../domain/sessions/entry.ts";
import type { Database } from "./database.ts";

const UPSERT = `
  INSERT INTO session
    (key, agent_id, session_id, created_at, updated_at, last_interaction_at, archived_at, pinned_at, label, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET
    session_id = excluded.session_id, updated_at = excluded.updated_at,
    last_interaction_at = excluded.last_interaction_at, archived_at = excluded.archived_at,
    pinned_at = excluded.pinned_at, label = excluded.label, body = excluded.body`;

/** Writes an entry inside a transaction that is open already. */
export function upsertEntry(database: Database, entry: Entry): void {
  database.run(
    UPSERT,
    entry.key,
    entry.agentId,
    entry.sessionId,
    entry.createdAt,
    entry.updatedAt,
    entry.lastInteractionAt ?? null,
    entry.archivedAt ?? null,
    entry.pinnedAt ?? null,
    entry.label ?? null,
    JSON.stringify(entry),
  );
}

import type { Entry, Message, TranscriptRecord } from "./entry.ts";

export type { Entry, Message, TranscriptRecord } from "./entry.ts";

/** Who looks at a session: some members of its row depend on it (`sharingRole`). */
export interface Viewer {
  readonly scopes: readonly string[];
  readonly deviceId?: string;
}

/** What the sessions need to know of the agent runs, so that neither folder imports the other's inside. */
export interface RunActivity {
  /** Ids of the runs that are active in a session, oldest first. */
  activeRunIds(sessionKey: string): readonly string[];
}

/** One page of a transcript, oldest message first. */
export interface HistoryPage {
  readonly records: readonly TranscriptRecord[];
  readonly total: number;
  readonly hasMore: boolean;
}

/**
 * The sessions and their transcripts. Every write is durable when the promise resolves, and tells the connections
 * that subscribed (`sessions.changed`, `session.message`).
 */
export interface Sessions {
  /** The canonical key (`agent:<id>:<rest>`) for what a client may send: `main`, a full key, or a session id. */
  canonicalKey(reference: string, agentId?: string): string;
  get(key: string): Promise<Entry | undefined>;
  /** The session, made now if it was not there. */
  ensure(key: string, init: { createdVia: string; client?: { id: string; mode: string } }): Promise<Entry>;
  /** Changes an entry in one transaction and publishes `sessions.changed` with this reason or phase. */
  update(
    key: string,
    change: (entry: Entry) => Partial<Entry>,
    notice: { reason?: string; phase?: string; runId?: string } | null,
  ): Promise<Entry>;
  /**
   * Adds a message to the transcript. With an `idempotencyKey` already in the transcript nothing is added and the
   * record that is there comes back.
   */
  append(
    key: string,
    message: Message,
    origin: { runId?: string; idempotencyKey?: string },
  ): Promise<TranscriptRecord>;
  history(key: string, page: { limit: number; before?: number }): Promise<HistoryPage>;
  /** The row that `sessions.list`, `sessions.describe` and `sessions.changed` show. */
  row(key: string, viewer: Viewer): Promise<Record<string, unknown> | undefined>;
}

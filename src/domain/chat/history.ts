import { invalidRequest } from "../../errors/protocol-error.ts";
import { commentaryId, type PendingInput, type Runs, senderMembers } from "../runs/index.ts";
import type { Entry, HistoryPage, Sessions, TranscriptRecord, Viewer } from "../sessions/index.ts";
import { activityOf } from "./activity.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";

export interface HistoryQuery {
  readonly sessionKey: string;
  readonly agentId?: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly maxBytes?: number;
  readonly offset?: number;
  readonly pendingBefore?: number;
  readonly inputRunIds?: readonly string[];
  readonly messageId?: string;
  readonly sessionId?: string;
  readonly maxChars?: number;
}

export interface History {
  read(query: HistoryQuery, viewer: Viewer): Promise<Record<string, unknown>>;
  message(query: {
    sessionKey: string;
    agentId?: string;
    messageId: string;
    maxChars?: number;
  }): Promise<Record<string, unknown>>;
}

const LIMIT_DEFAULT = 200;
/** Messages that a catch-up by cursor may hold; a client that is further behind starts anew. */
const CATCH_UP_MAX = 200;
/** Bytes of messages in one answer when the client names no bound. */
const BYTES_DEFAULT = 6 * 1024 * 1024;
const PENDING_MAX = 50;
const TRUNCATED = "\n...(truncated)...";

/** A message on the wire. */
type Wire = Record<string, unknown>;

/** What clients see of a transcript. Reading never makes a session. */
export function createHistory({ sessions, runs }: { sessions: Sessions; runs: Runs }): History {
  async function read(query: HistoryQuery, viewer: Viewer): Promise<Record<string, unknown>> {
    if (query.sessionId !== undefined && query.messageId === undefined) {
      throw invalidRequest("sessionId requires messageId");
    }
    const key = sessions.canonicalKey(query.sessionKey, query.agentId);
    await runs.atRest(key);
    const entry = await sessions.get(key);
    if (query.cursor !== undefined) return catchUp(key, entry, query, query.cursor, viewer);
    const offset = query.offset ?? 0;
    const page = entry === undefined ? undefined : await pageOf(key, query, offset);
    const shown = page === undefined || entry === undefined ? [] : show(entry, page.records, query);
    const isAnchored = query.messageId !== undefined;
    const kept = fitBytes(shown, query.maxBytes ?? BYTES_DEFAULT);
    const consumed = page === undefined ? 0 : page.records.length - (shown.length - kept.length);
    const hasMore = page !== undefined && offset + consumed < page.total;
    const activity = page === undefined ? [] : activityOf(page.records);
    const inFlight = runs.inFlight(key);
    return {
      sessionKey: query.sessionKey,
      ...(entry === undefined ? {} : { sessionId: entry.sessionId }),
      messages: kept,
      ...(activity.length === 0 ? {} : { activity }),
      pendingInputs: pendingOf(runs.pendingInputs(key), query.pendingBefore),
      ...(query.inputRunIds === undefined ? {} : { inputReceipts: [], inputConsumptions: [] }),
      ...(entry !== undefined && page !== undefined && offset === 0 && !isAnchored && page.total > 0
        ? { deltaCursor: encodeCursor(entry, page) }
        : {}),
      ...(offset > 0 ? { offset } : {}),
      ...(isAnchored
        ? {}
        : {
            ...(hasMore ? { nextOffset: offset + consumed } : {}),
            hasMore,
            totalMessages: page?.total ?? 0,
          }),
      defaults: sessions.defaults(),
      sessionInfo: await sessionInfo(key, viewer, page),
      ...(entry?.thinkingLevel === undefined ? {} : { thinkingLevel: entry.thinkingLevel }),
      ...(inFlight === undefined ? {} : { inFlightRun: inFlight }),
    };
  }

  async function pageOf(key: string, query: HistoryQuery, offset: number): Promise<HistoryPage> {
    const limit = query.limit ?? LIMIT_DEFAULT;
    if (query.messageId !== undefined) {
      const anchor = await sessions.message(key, query.messageId);
      const page = await sessions.history(key, { limit, before: (anchor?.seq ?? 0) + 1 });
      return anchor === undefined ? { ...page, records: [] } : page;
    }
    if (offset === 0) return sessions.history(key, { limit });
    const { total } = await sessions.history(key, { limit: 1 });
    return total <= offset
      ? { ...(await sessions.history(key, { limit: 1 })), records: [] }
      : sessions.history(key, { limit, before: total - offset + 1 });
  }

  /** Everything since a cursor, or the word to start anew. */
  async function catchUp(
    key: string,
    entry: Entry | undefined,
    query: HistoryQuery,
    cursor: string,
    viewer: Viewer,
  ): Promise<Record<string, unknown>> {
    const place = decodeCursor(cursor);
    const reset = { kind: "reset" };
    if (entry === undefined || place === undefined || place.sessionId !== entry.sessionId) return reset;
    const newest = await sessions.history(key, { limit: CATCH_UP_MAX });
    if (newest.generation !== place.generation || place.lastSeq > newest.lastRawSeq) return reset;
    const records = newest.records.filter((record) => record.rawSeq > place.lastSeq);
    if (records.length === newest.records.length && newest.hasMore) return reset;
    const { agentId } = entry;
    return {
      kind: "delta",
      messages: records.map((record) => ({
        sessionKey: key,
        agentId,
        message: cut(sessions.toWireMessage(entry, record), query.maxChars),
        messageId: record.id,
        messageSeq: record.seq,
      })),
      deltaCursor: encodeCursor(entry, newest),
      sessionInfo: await sessionInfo(key, viewer, newest),
    };
  }

  async function sessionInfo(key: string, viewer: Viewer, page: HistoryPage | undefined) {
    const row = await sessions.row(key, viewer);
    return { ...row, activeLeafEntryId: page?.leafId ?? null };
  }

  function show(entry: Entry, records: readonly TranscriptRecord[], query: HistoryQuery): Wire[] {
    return records.flatMap((record) =>
      splitPreamble(sessions.toWireMessage(entry, record)).map((message) => cut(message, query.maxChars)),
    );
  }

  return {
    read,
    async message(query) {
      const key = sessions.canonicalKey(query.sessionKey, query.agentId);
      const entry = await sessions.get(key);
      const record = entry === undefined ? undefined : await sessions.message(key, query.messageId);
      if (entry === undefined || record === undefined) return { ok: false, unavailableReason: "not_found" };
      return { ok: true, message: cut(sessions.toWireMessage(entry, record), query.maxChars) };
    },
  };
}

/** compat(agent/tool-loop): what a model said before it called tools is a message of its own, with the same place. */
function splitPreamble(message: Wire): Wire[] {
  const { content, timestamp } = message;
  if (message["role"] !== "assistant" || !Array.isArray(content)) return [message];
  const isCall = (part: unknown) => isPart(part) && part["type"] === "toolCall";
  const texts = content.filter((part: unknown) => isPart(part) && part["type"] === "text");
  if (!content.some(isCall) || texts.length === 0) return [message];
  const text = texts.map((part: Wire) => String(part["text"])).join("");
  const itemId = commentaryId(text);
  return [
    {
      role: "assistant",
      content: [{ type: "text", text }],
      timestamp,
      openclawStreamFallback: { replacementText: text, source: "segment", itemId },
      __openclaw: message["__openclaw"],
    },
    { ...message, content: content.filter((part: unknown) => !texts.includes(part)) },
  ];
}

/** Shortens the texts of a message, and says so in its place. */
function cut(message: Wire, charsMax: number | undefined): Wire {
  if (charsMax === undefined) return message;
  let isCut = false;
  const shorten = (text: string) => {
    if (text.length <= charsMax) return text;
    isCut = true;
    return text.slice(0, charsMax) + TRUNCATED;
  };
  const { content } = message;
  const shortened =
    typeof content === "string"
      ? shorten(content)
      : Array.isArray(content)
        ? content.map((part: unknown) =>
            isPart(part) && typeof part["text"] === "string"
              ? { ...part, text: shorten(part["text"]) }
              : part,
          )
        : content;
  if (!isCut) return message;
  const place = message["__openclaw"];
  const marked = isPart(place) ? { __openclaw: { ...place, truncated: true, reason: "display-cap" } } : {};
  return { ...message, content: shortened, ...marked };
}

/** The newest messages that fit; one at least. */
function fitBytes(messages: readonly Wire[], bytesMax: number): readonly Wire[] {
  let bytes = 0;
  let first = messages.length;
  while (first > 0) {
    bytes += Buffer.byteLength(JSON.stringify(messages[first - 1]));
    if (bytes > bytesMax && first < messages.length) break;
    first -= 1;
  }
  return messages.slice(first);
}

function pendingOf(pending: readonly PendingInput[], before: number | undefined) {
  const older = before === undefined ? pending : pending.filter((one) => one.acceptedAt < before);
  const items = older.slice(-PENDING_MAX).map((one) => ({
    id: one.id,
    acceptedAt: one.acceptedAt,
    state: one.state,
    message: {
      role: "user",
      content: one.request.message,
      timestamp: one.acceptedAt,
      __openclaw: {
        ...senderMembers(one.request),
        transport: { clients: [{ id: one.request.client.id, mode: one.request.client.mode }] },
        id: `pending:${one.id}`,
      },
    },
    runId: one.runId,
  }));
  return { items, total: pending.length };
}

function isPart(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Json } from "../../../schemas/shapes/session.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Birth } from "./birth.ts";
import type { SessionContext } from "./context.ts";
import { applyChange, type Entry, type EntryChange, type TranscriptRecord } from "./entry.ts";
import { isIncognitoKey, transcriptIdOf } from "./keys.ts";
import { leafOf } from "./leaf.ts";
import { messageText, oneLine, shorten } from "./text.ts";

const HEADLINE_CHARACTERS_MAX = 120;

interface Branch {
  leafEntryId: string;
  headline: string;
  messageCount: number;
  updatedAt: string;
  active: boolean;
}

interface Compacted {
  ok: boolean;
  key: string;
  compacted: boolean;
  reason?: string;
  kept?: number;
}

/** How a conversation is taken back, copied and cut. The answers are the wire's own. */
export interface Branching {
  fork(key: string, entryId: string): Promise<{ sessionKey: string; editorText: string }>;
  /** A session with all that was said in another one, under a key of its own. */
  forkWhole(key: string, own: ForkNames): Promise<Entry>;
  rewind(key: string, entryId: string): Promise<{ editorText: string }>;
  branches(key: string): Promise<Branch[]>;
  switchBranch(key: string, leafId: string): Promise<Json>;
  /** Keeps only this many of the newest messages. */
  keepLast(key: string, messages: number): Promise<Compacted>;
}

export function createBranching(context: SessionContext, birth: Birth): Branching {
  const { activity, ids, store } = context.parts;

  const mustHave = async (key: string): Promise<Entry> => {
    const entry = await context.get(key);
    if (entry === undefined) throw invalidRequest(`session not found: ${key}`);
    return entry;
  };
  const mustBeFromUser = async (entry: Entry, entryId: string): Promise<TranscriptRecord> => {
    const record = await store.find(entry.transcriptId, entryId);
    if (record === undefined) throw invalidRequest(`message entry not found: ${entryId}`);
    if (record.message.role !== "user") throw invalidRequest(`entry is not a user message: ${entryId}`);
    const [there] = await store.since(entry.transcriptId, record.seq - 1, 1);
    if (there?.id === entryId) return record;
    throw invalidRequest(`message entry is not on the active path: ${entryId}`);
  };
  const mustBeIdle = (key: string, what: string): void => {
    if (activity.activeRunIds(key).length === 0) return;
    throw new ProtocolError("UNAVAILABLE", `${what} is unavailable while the agent is working.`, {
      retryable: false,
    });
  };

  /** A session with the conversation of another one up to a message, under a key of its own. */
  const forkOf = async (
    source: Entry,
    throughSeq: number,
    form: EntryChange,
    forkSource: Json,
    forkKey = birth.keyFor(source.agentId, isIncognitoKey(source.key)),
  ): Promise<Entry> => {
    const made = birth.makeNew(forkKey, source.agentId, {
      parentSessionKey: source.key,
    });
    await store.copy(source.transcriptId, made.transcriptId, throughSeq, () => ids.uuid());
    const extra = { ...made.extra, forkSource, forkedFromParent: true };
    return context.save(applyChange(made, { ...form, extra }));
  };

  return {
    async forkWhole(key, own) {
      const source = await mustHave(key);
      const { key: sessionKey, sessionId } = source;
      const { key: forkKey, ...named } = own;
      const form = { totalTokensFresh: false, modelOverrideSource: undefined, ...named };
      return forkOf(source, Number.MAX_SAFE_INTEGER, form, { sessionKey, sessionId }, forkKey);
    },
    async fork(key, entryId) {
      const source = await mustHave(key);
      mustBeIdle(key, "Fork");
      const record = await mustBeFromUser(source, entryId);
      const forkSource = { sessionKey: source.key, sessionId: source.sessionId, entryId };
      const forked = await forkOf(source, record.seq - 1, ASIDE, forkSource);
      context.announce(forked, { reason: "fork" });
      return { sessionKey: forked.key, editorText: messageText(record.message) };
    },
    async rewind(key, entryId) {
      const entry = await mustHave(key);
      if (entry.archivedAt !== undefined) {
        throw invalidRequest("Rewind is unavailable for archived sessions.");
      }
      mustBeIdle(key, "Rewind");
      const record = await mustBeFromUser(entry, entryId);
      const above = await store.page(entry.transcriptId, 1, record.seq);
      await store.activate(entry.transcriptId, above[0]?.id);
      const extra = { ...entry.extra, previousSessionId: entry.sessionId };
      const text = above[0] === undefined ? undefined : messageText(above[0].message);
      const changed = await context.change(entry, {
        ...FORGET_LAST_RUN,
        sessionId: ids.uuid(),
        systemSent: false,
        lastMessageText: text,
        extra,
      });
      context.announce(changed, { reason: "rewind" });
      return { editorText: messageText(record.message) };
    },
    async branches(key) {
      const entry = await context.get(key);
      if (entry === undefined) return [];
      const leaves = await store.branches(entry.transcriptId);
      return leaves.map(({ leaf, messageCount, isActive }) => ({
        leafEntryId: leafOf(leaf),
        headline: shorten(oneLine(messageText(leaf.message)), HEADLINE_CHARACTERS_MAX),
        messageCount,
        updatedAt: isoTime(leaf.recordedAt),
        active: isActive,
      }));
    },
    async switchBranch(key, leafId) {
      const entry = await mustHave(key);
      const ends = (await store.branches(entry.transcriptId)).map((branch) => branch.leaf);
      const leaf = ends.find((end) => leafOf(end) === leafId);
      if (leaf === undefined) {
        const isThere = (await store.find(entry.transcriptId, leafId)) !== undefined;
        throw invalidRequest(
          isThere ? `entry is not a branch tip: ${leafId}` : `branch entry not found: ${leafId}`,
        );
      }
      await store.activate(entry.transcriptId, leaf.id);
      const changed = await context.change(entry, {
        ...FORGET_LAST_RUN,
        sessionId: ids.uuid(),
        lastMessageText: messageText(leaf.message),
        extra: { ...entry.extra, previousSessionId: entry.sessionId },
      });
      context.announce(changed, { reason: "branch-switch" });
      return { ok: true };
    },
    async keepLast(key, messages) {
      const entry = await context.get(key);
      if (entry === undefined) return { ok: true, key, compacted: false, reason: "no sessionId" };
      const { messages: total } = await store.extent(entry.transcriptId);
      if (total <= messages) return { ok: true, key, compacted: false, kept: total };
      const transcriptId = transcriptIdOf(key, `${entry.sessionId}#${ids.uuid()}`);
      const records = await store.page(entry.transcriptId, messages);
      for (const record of records) {
        const { seq: _, rawSeq: __, ...added } = record;
        await store.append(
          transcriptId,
          { ...added, id: ids.uuid(), text: messageText(record.message) },
          entry,
        );
      }
      const changed = await context.change(entry, { ...FORGET_TOKENS, transcriptId });
      context.announce(changed, { reason: "compact", extra: { compacted: true } });
      return { ok: true, key, compacted: true, kept: records.length };
    },
  };
}

/** What a fork is called, and who made it. */
type ForkNames = Partial<Pick<Entry, "key" | "label" | "createdActor">>;

/** A fork is no child of its source: it only began with what was said there. */
const ASIDE = {
  systemSent: false,
  abortedLastRun: false,
  spawnDepth: undefined,
  parentSessionId: undefined,
} as const;

/** What the last run left behind goes with the messages that it wrote. */
const FORGET_TOKENS = {
  inputTokens: undefined,
  outputTokens: undefined,
  totalTokens: undefined,
  totalTokensFresh: undefined,
  estimatedCostUsd: undefined,
} as const;
const FORGET_LAST_RUN = {
  ...FORGET_TOKENS,
  status: undefined,
  startedAt: undefined,
  endedAt: undefined,
  runtimeMs: undefined,
  lastRunId: undefined,
  contextBudgetStatus: undefined,
  compaction: undefined,
  placement: undefined,
} as const;

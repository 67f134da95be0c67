import { createHash } from "node:crypto";
import { POLICY } from "../../../schemas/policy.ts";
import type { Agents } from "../agents/index.ts";
import type { Models } from "../models/index.ts";
import { createCards } from "./cards.ts";
import { noChanges } from "./checkout.ts";
import { messagesTopic, SESSIONS_TOPIC, SessionContext, type SessionParts } from "./context.ts";
import { applyChange, type Entry, type EntryChange, type Message, type TranscriptRecord } from "./entry.ts";
import { createFiles } from "./files.ts";
import { checkGoalOperation } from "./goals.ts";
import { createGroups } from "./groups.ts";
import type { Sessions } from "./index.ts";
import { agentOfKey, transcriptIdOf } from "./keys.ts";
import { leafOf } from "./leaf.ts";
import { createLifecycle } from "./lifecycle.ts";
import { createListing, defaultsOf } from "./listing.ts";
import { createModelSource } from "./model-facts.ts";
import { receiptOf } from "./notice.ts";
import { createPatches } from "./patch.ts";
import { sessionRootOf } from "./paths.ts";
import { Roster } from "./roster.ts";
import { ACTIVITY_SUMMARY, projectAbsent } from "./row.ts";
import { createSuggestions } from "./suggestions.ts";
import { messageText } from "./text.ts";
import { createUsage } from "./usage.ts";

export type SessionsOptions = Omit<SessionParts, "roster" | "models" | "sessionsMax"> & {
  readonly agents: Agents;
  readonly models: Models;
};

/** What a session is at its first message, when nobody prepared it. */
const AT_REST = {
  chatType: "direct",
  systemSent: false,
  abortedLastRun: false,
  totalTokens: 0,
  totalTokensFresh: true,
} as const;

/** The same when the first message is a command: nobody has counted anything yet. */
const UNCOUNTED = { chatType: "direct", systemSent: false, abortedLastRun: false } as const;

/** A place to be worked in: this gateway. */
function placedAt(now: number) {
  return { state: "local", generation: 0, createdAtMs: now, updatedAtMs: now, stateChangedAtMs: now };
}

/** What a message of a person changes in a session. The first one is also when it gets a place to be worked in. */
function spokenTo(entry: Entry, message: Message, now: number, isCommand: boolean): EntryChange {
  // compat(agent/tool-loop): only what a person says in a chat counts as a beginning, not what `agent` is asked.
  const isChat = isOfChat(message);
  const lastInteractionAt = Math.max(entry.lastInteractionAt ?? 0, message.timestamp);
  if (isCommand) return { updatedAt: now, lastInteractionAt };
  return {
    ...(isChat ? { systemSent: true } : {}),
    updatedAt: now,
    lastInteractionAt,
    placement: entry.placement ?? placedAt(now),
  };
}

/** A message of a chat says through which client it came. */
function isOfChat(message: Message): boolean {
  const own = message["__openclaw"];
  return typeof own === "object" && own !== null && "transport" in own;
}

export function createSessions(options: SessionsOptions): Sessions {
  const context = new SessionContext({
    ...options,
    roster: new Roster(options.store),
    models: createModelSource(options.agents, options.models),
    sessionsMax: POLICY.sessionsMax,
  });
  const { store, ids } = options;
  const groups = createGroups(context);

  const toWireMessage = (entry: Entry, record: TranscriptRecord): Record<string, unknown> => {
    const { message } = record;
    const own = message["__openclaw"];
    const kind = typeof own === "object" && own !== null && "kind" in own ? own.kind : undefined;
    const isReset = kind === "reset" || kind === "compaction";
    return {
      ...message,
      __openclaw: {
        ...(typeof own === "object" ? own : {}),
        id: record.id,
        ...(record.idempotencyKey === undefined ? {} : { idempotencyKey: record.idempotencyKey }),
        ...(isReset ? {} : { recordTimestampMs: record.recordedAt }),
        transcriptPosition: { source: context.transcriptSource(entry), rawSeq: record.rawSeq },
        seq: record.seq,
      },
    };
  };

  const announceMessage = (entry: Entry, record: TranscriptRecord, before: Entry): void => {
    const { role: speaker } = record.message;
    // compat(agent/tool-loop): what a tool returned is told by the events of its run, not as a message.
    if (speaker === "toolResult" || speaker === "system") return;
    const isUser = speaker === "user";
    const isEnd = !isUser && record.message["stopReason"] !== "toolUse";
    const isOwners = (record.message["__openclaw"] as { senderIsOwner?: unknown } | undefined)?.senderIsOwner;
    // compat(SE16): an answer, and the first message of all, are not in the preview yet.
    const isFirst = before.lastMessageText === undefined;
    const shown =
      isUser && !isFirst ? entry : applyChange(entry, { lastMessageText: before.lastMessageText });
    const message = toWireMessage(entry, record);
    const audience = { topics: [SESSIONS_TOPIC, messagesTopic(entry.key)] };
    context.publishPerRole("session.message", audience, (role) => {
      const row = context.eventRow(shown, role);
      return {
        sessionKey: entry.key,
        ...(isUser && isOwners === true ? { senderIsOwner: true } : {}),
        agentId: entry.agentId,
        message,
        messageId: record.id,
        messageSeq: record.seq,
        session: row,
        ...receiptOf(row, {}, context.ancestorRows(entry, role)),
        ...(isEnd && record.runId !== undefined ? { runId: record.runId } : {}),
      };
    });
  };

  return {
    canonicalKey: (reference, agentId) => context.canonical(reference, agentId),
    keyFor: (reference, agentId) => context.keyFor(reference, agentId),
    agentOf: (key) => agentOfKey(key) ?? options.agents.defaultId,
    get: (key) => context.get(key),
    mustBeOpen: (key) => context.mustBeOpen(key),
    async ensure(key, init) {
      await context.ready();
      const known = context.parts.roster.get(key);
      const { isChat = true, isCommand = false, ...made } = init;
      const atRest = isCommand ? UNCOUNTED : AT_REST;
      if (known !== undefined && (!isChat || known.chatType !== undefined)) return known;
      const now = context.now();
      if (known !== undefined) {
        const extra = { ...known.extra, delivery: { kind: "internal" }, sessionStartedAt: now };
        return context.change(known, { ...atRest, extra });
      }
      const sessionId = init.sessionId ?? ids.uuid();
      return context.save({
        key,
        sessionId,
        agentId: agentOfKey(key) ?? options.agents.defaultId,
        lifecycleRevision: ids.uuid(),
        updatedAt: now,
        createdAt: now,
        lastInteractionAt: now,
        ...made,
        ...(isChat ? atRest : { abortedLastRun: false }),
        transcriptId: transcriptIdOf(key, sessionId),
        extra: { delivery: { kind: "internal" } },
      });
    },
    async update(key, change, notice, isCovered = false) {
      await context.ready();
      const entry = context.mustBeNow(key);
      const wanted = change(entry);
      // Nothing is written when nothing changes: the notice alone says what happened.
      if (Object.keys(wanted).length === 0) {
        if (notice !== null) context.announce(entry, notice);
        return entry;
      }
      const hasEnded = wanted.endedAt !== undefined && entry.placement !== undefined;
      const hasBegun = wanted.status === "running" && entry.placement === undefined;
      const placement = hasEnded
        ? { placement: { ...entry.placement, updatedAtMs: context.now() } }
        : hasBegun
          ? { placement: placedAt(context.now()) }
          : {};
      const changed = await context.change(entry, { ...placement, ...wanted }, isCovered);
      if (notice !== null) context.announce(changed, notice);
      return changed;
    },
    async addParticipant(key, identity) {
      await context.ready();
      const entry = context.mustBeNow(key);
      const known = entry.participants ?? [];
      // compat(RN1): every message tells who speaks, also when nobody new does. Whoever made it is no participant.
      const isKnown = known.some((participant) => participant.identity["id"] === identity["id"]);
      if (isKnown || entry.createdActor?.id === identity["id"]) {
        return context.announce(entry, { reason: "participants" });
      }
      const { updatedAt } = entry;
      const change = { participants: [...known, { identity }], updatedAt };
      const changed = await context.change(entry, change, true);
      context.announce(changed, { reason: "participants" });
    },
    async append(key, message, { isCommand = false, ...origin }) {
      await context.ready();
      const before = context.mustBeNow(key);
      const now = context.now();
      const text = messageText(message);
      const entry = applyChange(before, {
        ...(message.role === "user" ? spokenTo(before, message, now, isCommand) : {}),
        ...(text === "" ? {} : { lastMessageText: text }),
      });
      const added = { id: ids.uuid(), recordedAt: now, ...origin, message, text };
      context.parts.roster.put(entry);
      const takeBack = () => {
        if (context.parts.roster.get(key) === entry) context.restore(key, before);
      };
      const { record, isNew } = await store
        .append(before.transcriptId, added, entry)
        .catch((error: unknown) => {
          takeBack();
          throw error;
        });
      if (isNew) announceMessage(entry, record, before);
      else takeBack();
      return record;
    },
    async history(key, page) {
      const entry = await context.get(key);
      if (entry === undefined) {
        return { records: [], total: 0, hasMore: false, generation: "", lastRawSeq: 0, leafId: undefined };
      }
      const { transcriptId } = entry;
      const extent = await store.extent(transcriptId);
      const records =
        page.after === undefined
          ? await store.page(transcriptId, page.limit, page.before)
          : await store.since(transcriptId, page.after, page.limit);
      const last = records.at(-1);
      const newest =
        last !== undefined && last.seq === extent.messages ? last : (await store.page(transcriptId, 1))[0];
      const hasMore =
        page.after === undefined ? (records[0]?.seq ?? 1) > 1 : (last?.seq ?? page.after) < extent.messages;
      return {
        records,
        total: extent.messages,
        hasMore,
        generation: createHash("sha256").update(transcriptId).digest("hex").slice(0, 32),
        lastRawSeq: extent.lastRawSeq,
        leafId: newest && leafOf(newest),
      };
    },
    async message(key, messageId) {
      const entry = await context.get(key);
      return entry && store.find(entry.transcriptId, messageId);
    },
    toWireMessage,
    async row(key, viewer) {
      const entry = await context.get(key);
      if (entry === undefined) {
        const { defaultId } = options.agents;
        const { models } = context.parts;
        const agentId = agentOfKey(key) ?? defaultId;
        return projectAbsent(key, { now: context.now(), defaultAgentId: defaultId, models, agentId });
      }
      const activity = context.activityOf(entry);
      return context.row(entry, {
        sharingRole: context.roleOf(viewer),
        withSummary: true,
        withoutThinking: true,
        activity,
      });
    },
    checkGoal: (key, operation) => checkGoalOperation(context, key, operation),
    sharingRole: (viewer) => context.roleOf(viewer),
    activitySummary: ACTIVITY_SUMMARY,
    defaults() {
      const { thinkingLevels: _, thinkingOptions: __, thinkingDefault: ___, ...rest } = defaultsOf(context);
      return rest;
    },
    listing: createListing(context),
    lifecycle: createLifecycle(context, groups),
    patches: createPatches(context, groups),
    groups,
    cards: createCards(context),
    usage: createUsage(context),
    files: createFiles(context),
    suggestions: createSuggestions(context),
    async changes(key, query) {
      const entry = await context.get(key);
      if (entry === undefined) return noChanges("unknown_session");
      return options.checkouts.changes(sessionRootOf(entry, options.agents), query);
    },
  };
}

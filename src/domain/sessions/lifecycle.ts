import path from "node:path";
import type { Json, SessionEntry } from "../../../schemas/shapes/session.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import { SESSIONS_TOPIC, type SessionContext } from "./context.ts";
import { applyChange, type Entry, type EntryChange, type TranscriptRecord, toWireEntry } from "./entry.ts";
import type { Groups } from "./groups.ts";
import { agentOfKey, GLOBAL_KEY, MAIN, restOfKey } from "./keys.ts";
import { checkModel, checkThinkingLevel, uniqueLabel } from "./patch.ts";
import { cleanupReport, storePath } from "./paths.ts";
import { messageText, oneLine, shorten } from "./text.ts";

const HEADLINE_CHARACTERS_MAX = 120;

export interface CreateInput {
  readonly key?: string;
  readonly agentId?: string;
  readonly label?: string;
  readonly displayName?: string;
  readonly category?: string;
  readonly model?: string;
  readonly thinkingLevel?: string;
  readonly fastMode?: boolean | "auto";
  readonly permissionMode?: string;
  readonly toolOverrides?: Readonly<Record<string, unknown>>;
  readonly visibility?: string;
  readonly parentSessionKey?: string;
  readonly spawnDepth?: number;
  readonly fork?: boolean;
  readonly succeedsParent?: boolean;
  readonly catalogId?: string;
  readonly projectId?: string;
  readonly contextWindow?: string;
  readonly agentRuntime?: string;
  readonly execNode?: string;
  readonly cwd?: string;
}

/** What the wire shows of a session that was made or started over. */
interface Begun {
  ok: true;
  key: string;
  entry: SessionEntry;
  resolved: Json;
}

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

/** How sessions begin, start over, branch and end. The answers are the wire's own. */
export interface Lifecycle {
  /** Makes a session, or takes up the one that is there. */
  create(input: CreateInput): Promise<Entry>;
  /** The answer of `sessions.create` for a session that was just made. */
  created(entry: Entry): Begun & { sessionId: string; runStarted: boolean };
  /** `asked` is the key as the client wrote it, for the text of a refusal. */
  reset(
    key: string,
    reason: "new" | "reset",
    expected?: { asked: string; sessionId: string },
  ): Promise<Begun>;
  delete(
    key: string,
    expected: { sessionId?: string; lifecycleRevision?: string; updatedAt?: number; archivedOnly?: boolean },
  ): Promise<{ ok: true; key: string; deleted: boolean; archived: string[] }>;
  fork(key: string, entryId: string): Promise<{ sessionKey: string; editorText: string }>;
  rewind(key: string, entryId: string): Promise<{ editorText: string }>;
  branches(key: string): Promise<Branch[]>;
  switchBranch(key: string, leafId: string): Promise<Json>;
  /** Keeps only this many of the newest messages. */
  keepLast(key: string, messages: number): Promise<Compacted>;
  /** The answer of `sessions.cleanup` for one agent. */
  cleanup(agentId: string, options: { fixMissing: boolean; isApplied: boolean }): Promise<Json>;
}

export function createLifecycle(context: SessionContext, groups: Groups): Lifecycle {
  const { activity, agents, ids, models, roster, store, events, stateDir } = context.parts;

  const mustHave = async (key: string): Promise<Entry> => {
    const entry = await context.get(key);
    if (entry === undefined) throw invalidRequest(`session not found: ${key}`);
    return entry;
  };
  const mustBeConfigured = (agentId: string): void => {
    if (agents.get(agentId) === undefined) throw invalidRequest(`Unknown agent id "${agentId}"`);
  };
  const mustBeFromUser = async (entry: Entry, entryId: string): Promise<TranscriptRecord> => {
    const record = await store.find(entry.transcriptId, entryId);
    if (record === undefined) throw invalidRequest(`message entry not found: ${entryId}`);
    if (record.message.role !== "user") throw invalidRequest(`entry is not a user message: ${entryId}`);
    return record;
  };
  const mustBePossible = (input: CreateInput, agentId: string): void => {
    for (const member of ["fork", "succeedsParent", "spawnDepth"] as const) {
      if (input[member] !== undefined && input[member] !== false && input.parentSessionKey === undefined) {
        throw invalidRequest(`${member} requires parentSessionKey`);
      }
    }
    if (input.projectId !== undefined) throw invalidRequest(`unknown project id: ${input.projectId}`);
    if (input.catalogId !== undefined) throw invalidRequest(`unknown session catalog: ${input.catalogId}`);
    if (input.agentRuntime !== undefined && input.model === undefined) {
      throw invalidRequest("agentRuntime requires an explicit canonical provider/model selection");
    }
    if (input.contextWindow !== undefined) {
      const { modelProvider, model } = models.of(agentId);
      throw invalidRequest(
        `contextWindow "${input.contextWindow}" is not supported for ${modelProvider}/${model}`,
      );
    }
  };
  const mustBeIdle = (key: string, what: string): void => {
    if (activity.activeRunIds(key).length === 0) return;
    throw new ProtocolError("UNAVAILABLE", `${what} is unavailable while the agent is working.`);
  };
  const dashboardKey = (agentId: string) => `agent:${agentId}:dashboard:${ids.uuid()}`;

  const parentOf = (
    input: CreateInput,
    key: string,
    agentId: string,
  ): Pick<Entry, "parentSessionKey" | "parentSessionId"> => {
    if (input.parentSessionKey === undefined) {
      return restOfKey(key) === MAIN ? {} : { parentSessionKey: `agent:${agentId}:${MAIN}` };
    }
    const parentKey = context.canonical(input.parentSessionKey, agentId);
    const parent = roster.get(parentKey);
    if (parent === undefined) throw invalidRequest(`unknown parent session: ${parentKey}`);
    return { parentSessionKey: parentKey, parentSessionId: parent.sessionId };
  };

  const choices = (input: CreateInput, agentId: string): Partial<Entry> => {
    const model = input.model === undefined ? {} : checkModel(context, input.model, agentId);
    if (input.thinkingLevel !== undefined) checkThinkingLevel(context, input.thinkingLevel, agentId, model);
    return {
      ...model,
      ...(input.displayName === undefined ? {} : { displayName: input.displayName }),
      ...(input.category === undefined ? {} : { category: input.category }),
      ...(input.thinkingLevel === undefined ? {} : { thinkingLevel: input.thinkingLevel }),
      ...(input.fastMode === undefined ? {} : { fastMode: input.fastMode }),
      ...(input.permissionMode === undefined ? {} : { permissionMode: input.permissionMode }),
      ...(input.toolOverrides === undefined ? {} : { toolOverrides: input.toolOverrides }),
      ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
      ...(input.execNode === undefined ? {} : { execNode: input.execNode }),
    };
  };

  const makeNew = (key: string, agentId: string, input: CreateInput): Entry => {
    const now = context.now();
    const sessionId = ids.uuid();
    const isMain = restOfKey(key) === MAIN;
    return {
      key,
      sessionId,
      agentId,
      lifecycleRevision: ids.uuid(),
      updatedAt: now,
      createdAt: now,
      createdVia: "operator",
      spawnDepth: input.spawnDepth ?? 0,
      ...(isMain ? {} : { modelOverrideSource: "default" }),
      ...parentOf(input, key, agentId),
      ...choices(input, agentId),
      ...(input.label === undefined ? {} : { label: input.label }),
      transcriptId: sessionId,
      extra: {
        sessionRoot: input.cwd ?? agents.get(agentId)?.workspace ?? "",
        delivery: { kind: "none" },
        ...(input.cwd === undefined ? {} : { spawnedCwd: input.cwd }),
        ...(input.execNode === undefined ? {} : { execHost: "node" }),
        ...(input.model === undefined ? {} : { modelOverrideRouteResolution: "resolved" }),
      },
    };
  };

  /** A session with the conversation of another one up to a message, under a key of its own. */
  const forkOf = async (
    source: Entry,
    throughSeq: number,
    form: EntryChange,
    forkSource: Json,
  ): Promise<Entry> => {
    const made = makeNew(dashboardKey(source.agentId), source.agentId, { parentSessionKey: source.key });
    await store.copy(source.transcriptId, made.transcriptId, throughSeq, () => ids.uuid());
    const extra = { ...made.extra, forkSource, forkedFromParent: true };
    return context.save(applyChange(made, { ...form, extra }));
  };

  /** Where the messages of a deleted session go; the name says of whom, when, and cannot be met twice. */
  const archiveFile = (entry: Entry): string => {
    const when = isoTime(context.now()).replaceAll(":", "-");
    const name = `${entry.sessionId}.jsonl.deleted.${when}.${ids.uuid().replaceAll("-", "")}.zst`;
    return path.join(stateDir, "agents", entry.agentId, "sessions", name);
  };

  const tellOfDelete = (entry: Entry): void => {
    const ts = context.now();
    const audience = { topics: [SESSIONS_TOPIC] };
    const { key: sessionKey, sessionId, agentId } = entry;
    events.publish("sessions.changed", { sessionKey, sessionId, agentId, reason: "delete", ts }, audience);
    events.publish("sessions.changed", { reason: "delete", ts }, audience);
  };

  return {
    async create(input) {
      await context.ready();
      if (input.agentId !== undefined) mustBeConfigured(input.agentId);
      const agentId = input.agentId ?? agents.defaultId;
      const key = input.key === undefined ? dashboardKey(agentId) : context.canonical(input.key, agentId);
      const owner = agentOfKey(key) ?? agentId;
      mustBeConfigured(owner);
      mustBePossible(input, owner);
      const known = roster.get(key);
      if (input.label !== undefined) uniqueLabel(context, input.label, key);
      if (input.fork && input.parentSessionKey !== undefined) {
        const source = await mustHave(context.canonical(input.parentSessionKey, agentId));
        const { key: sessionKey, sessionId } = source;
        const forked = await forkOf(
          source,
          Number.MAX_SAFE_INTEGER,
          { totalTokensFresh: false },
          { sessionKey, sessionId },
        );
        context.announce(forked, { reason: "create" });
        return forked;
      }
      const label = input.label === undefined ? {} : { label: input.label };
      const entry =
        known === undefined
          ? await context.save(makeNew(key, owner, input))
          : await context.change(known, { ...choices(input, owner), ...label });
      if (input.category !== undefined) await groups.adopt(input.category);
      context.announce(entry, { reason: "create" });
      return entry;
    },
    created(entry) {
      const { modelProvider, model } = models.of(entry.agentId, entry);
      return {
        ok: true,
        key: entry.key,
        sessionId: entry.sessionId,
        entry: toWireEntry(entry),
        runStarted: false,
        resolved: { modelProvider, model },
      };
    },
    async reset(key, reason, expected) {
      await context.ready();
      const known = roster.get(key);
      if (expected !== undefined && known?.sessionId !== expected.sessionId) {
        throw invalidRequest(`Session ${expected.asked} changed before reset. Retry.`, {
          details: { reason: "session-changed" },
        });
      }
      const now = context.now();
      const agentId = agentOfKey(key) ?? agents.defaultId;
      const { modelProvider, model } = models.of(agentId, known);
      const sessionId = known?.sessionId ?? ids.uuid();
      const lifecycleRevision = ids.uuid();
      const entry: Entry = {
        key,
        agentId,
        sessionId,
        lifecycleRevision,
        ...(known === undefined ? { createdVia: "operator", createdAt: now } : kept(known)),
        updatedAt: now,
        systemSent: false,
        abortedLastRun: false,
        inputTokens: 0,
        outputTokens: 0,
        totalTokens: 0,
        totalTokensFresh: true,
        transcriptId: `${sessionId}#${lifecycleRevision}`,
        extra: {
          ...known?.extra,
          sessionStartedAt: now,
          compactionCount: 0,
          totalTokensVersion: 1,
          modelProvider,
          model,
        },
      };
      await context.save(entry);
      if (known !== undefined) await markReset(context, entry);
      context.announce(entry, { reason });
      return { ok: true, key, entry: toWireEntry(entry), resolved: { modelProvider, model } };
    },
    async delete(key, expected) {
      if (restOfKey(key) === MAIN || key === GLOBAL_KEY) {
        throw invalidRequest(`Cannot delete the main session (${key}).`);
      }
      const entry = await context.get(key);
      if (entry === undefined) return { ok: true, key, deleted: false, archived: [] };
      const changed =
        (expected.sessionId !== undefined && expected.sessionId !== entry.sessionId) ||
        (expected.lifecycleRevision !== undefined &&
          expected.lifecycleRevision !== entry.lifecycleRevision) ||
        (expected.updatedAt !== undefined && expected.updatedAt !== entry.updatedAt);
      if (changed) {
        throw invalidRequest(`Session ${key} changed before deletion. Retry.`, {
          details: { reason: "session-changed" },
        });
      }
      if (expected.archivedOnly && entry.archivedAt === undefined) {
        throw invalidRequest(`Session ${key} is not archived. Archive it first, then delete it.`);
      }
      const archived = archiveFile(entry);
      await store.archive(entry.transcriptId, archived);
      roster.remove(key);
      await store.deleteEntry(key, [entry.transcriptId]);
      tellOfDelete(entry);
      return { ok: true, key, deleted: true, archived: [archived] };
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
        leafEntryId: leaf.id,
        headline: shorten(oneLine(messageText(leaf.message)), HEADLINE_CHARACTERS_MAX),
        messageCount,
        updatedAt: isoTime(leaf.recordedAt),
        active: isActive,
      }));
    },
    async switchBranch(key, leafId) {
      const entry = await mustHave(key);
      const leaf = await store.find(entry.transcriptId, leafId);
      if (leaf === undefined) throw invalidRequest(`branch entry not found: ${leafId}`);
      await store.activate(entry.transcriptId, leafId);
      const changed = await context.change(entry, {
        ...FORGET_LAST_RUN,
        sessionId: ids.uuid(),
        lastMessageText: messageText(leaf.message),
        extra: { ...entry.extra, previousSessionId: entry.sessionId },
      });
      context.announce(changed, { reason: "branch-switch" });
      return { ok: true };
    },
    async cleanup(agentId, options) {
      await context.ready();
      const own = [...roster.values()].filter((entry) => entry.agentId === agentId);
      const empty: Entry[] = [];
      if (options.fixMissing) {
        for (const entry of own) {
          const { messages } = await store.extent(entry.transcriptId);
          if (messages === 0) empty.push(entry);
        }
      }
      if (options.isApplied) {
        for (const entry of empty) {
          roster.remove(entry.key);
          await store.deleteEntry(entry.key, [entry.transcriptId]);
        }
      }
      const left = own.length - empty.length;
      if (options.isApplied) {
        events.publish(
          "sessions.changed",
          { reason: "cleanup", ts: context.now() },
          { topics: [SESSIONS_TOPIC] },
        );
      }
      return cleanupReport(agentId, storePath(context.parts.stateDir, agentId), own.length, left, options);
    },
    async keepLast(key, messages) {
      const entry = await context.get(key);
      if (entry === undefined) return { ok: true, key, compacted: false, reason: "no sessionId" };
      const { messages: total } = await store.extent(entry.transcriptId);
      if (total <= messages) return { ok: true, key, compacted: false, kept: total };
      const transcriptId = `${entry.sessionId}#${ids.uuid()}`;
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
  placement: undefined,
} as const;

/** What a session keeps when it starts over: who it is and how it was set up, not what happened in it. */
function kept(entry: Entry): Partial<Entry> & Pick<Entry, "createdVia" | "createdAt"> {
  const names = [
    "createdVia",
    "createdAt",
    "label",
    "displayName",
    "autoLabel",
    "icon",
    "color",
    "category",
  ] as const;
  const setup = [
    "chatType",
    "visibility",
    "parentSessionKey",
    "parentSessionId",
    "spawnedBy",
    "spawnDepth",
  ] as const;
  const choices = [
    ...(["modelOverride", "providerOverride", "modelOverrideSource", "thinkingLevel", "fastMode"] as const),
    ...([
      "verboseLevel",
      "traceLevel",
      "reasoningLevel",
      "elevatedLevel",
      "responseUsage",
      "sendPolicy",
    ] as const),
    ...(["permissionMode", "sandboxMode", "execNode", "toolOverrides", "participants", "pinnedAt"] as const),
  ];
  const rest: Record<string, unknown> = {};
  for (const member of [...names, ...setup, ...choices]) {
    if (entry[member] !== undefined) rest[member] = entry[member];
  }
  return { ...rest, createdVia: entry.createdVia, createdAt: entry.createdAt };
}

/** A transcript that was started over says so in its first line. */
async function markReset(context: SessionContext, entry: Entry): Promise<void> {
  const { ids, store } = context.parts;
  const now = context.now();
  const message = {
    role: "system",
    content: [{ type: "text", text: "Reset" }],
    timestamp: now,
    __openclaw: { kind: "reset" },
  } as const;
  await store.append(
    entry.transcriptId,
    { id: ids.uuid().slice(0, 8), recordedAt: now, message, text: "" },
    entry,
  );
}

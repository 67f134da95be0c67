import path from "node:path";
import type { Json, SessionEntry } from "../../../schemas/shapes/session.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import { type CreateInput, createBirth, mayBeIncognito } from "./birth.ts";
import { type Branching, createBranching } from "./branching.ts";
import { SESSIONS_TOPIC, type SessionContext } from "./context.ts";
import { type Entry, toWireEntry } from "./entry.ts";
import type { Groups } from "./groups.ts";
import { agentOfKey, GLOBAL_KEY, isIncognitoKey, MAIN, restOfKey, transcriptIdOf } from "./keys.ts";
import type { Notice } from "./notice.ts";
import { uniqueLabel } from "./patch.ts";
import { cleanupReport, storePath } from "./paths.ts";

/** What the wire shows of a session that was made or started over. */
interface Begun {
  ok: true;
  key: string;
  entry: SessionEntry;
  resolved: Json;
}

/** How sessions begin, start over, branch and end. The answers are the wire's own. */
export interface Lifecycle extends Branching {
  /** Makes a session, or takes up the one that is there. `null` tells nobody of it. */
  create(input: CreateInput, notice?: Notice | null): Promise<Entry>;
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
    expected: {
      sessionId?: string;
      lifecycleRevision?: string;
      updatedAt?: number;
      archivedOnly?: boolean;
      keepsTranscript?: boolean;
    },
  ): Promise<{ ok: true; key: string; deleted: boolean; archived: string[] }>;
  /** The answer of `sessions.cleanup` for one agent. */
  cleanup(agentId: string, options: { fixMissing: boolean }): Promise<Json>;
}

export function createLifecycle(context: SessionContext, groups: Groups): Lifecycle {
  const { agents, ids, models, roster, store, events, stateDir } = context.parts;
  const birth = createBirth(context);
  const branching = createBranching(context, birth);

  /** What begins under an incognito session is one as well. */
  const isIncognito = (input: CreateInput): boolean =>
    input.incognito === true ||
    (input.parentSessionKey !== undefined && isIncognitoKey(input.parentSessionKey.trim().toLowerCase()));

  const mustBeConfigured = (agentId: string): void => {
    if (agents.get(agentId) === undefined) throw invalidRequest(`Unknown agent id "${agentId}"`);
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
    ...branching,
    async create(input, notice = { reason: "create" }) {
      await context.ready();
      mayBeIncognito(input);
      if (input.agentId !== undefined) mustBeConfigured(input.agentId);
      const agentId = input.agentId ?? agents.defaultId;
      const key =
        input.key === undefined
          ? birth.keyFor(agentId, isIncognito(input))
          : context.canonical(input.key, agentId);
      const owner = agentOfKey(key) ?? agentId;
      mustBeConfigured(owner);
      birth.mustBePossible(input, owner);
      const known = roster.get(key);
      const named = input.label?.trim() || undefined;
      if (named !== undefined) uniqueLabel(context, named, key);
      if (input.fork && input.parentSessionKey !== undefined) {
        const forked = await branching.forkWhole(context.canonical(input.parentSessionKey, agentId), {
          ...(input.key === undefined ? {} : { key }),
          ...(named === undefined ? {} : { label: named }),
          ...(input.createdActor === undefined ? {} : { createdActor: input.createdActor }),
        });
        if (notice !== null) context.announce(forked, notice);
        return forked;
      }
      const label = named === undefined ? {} : { label: named };
      const entry =
        known === undefined
          ? await context.save(birth.makeNew(key, owner, { ...input, ...label }))
          : await context.change(known, { ...birth.choices(input, owner), ...label });
      if (input.category !== undefined) await groups.adopt(input.category);
      if (notice !== null) context.announce(entry, notice);
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
      await context.mustBeOpen(key);
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
        transcriptId: transcriptIdOf(key, `${sessionId}#${lifecycleRevision}`),
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
      if (expected.archivedOnly && entry?.archivedAt === undefined) {
        throw invalidRequest(`Session ${key} is not archived. Archive it first, then delete it.`);
      }
      const changed =
        (expected.sessionId !== undefined && expected.sessionId !== entry?.sessionId) ||
        (expected.lifecycleRevision !== undefined &&
          expected.lifecycleRevision !== entry?.lifecycleRevision) ||
        (expected.updatedAt !== undefined && expected.updatedAt !== entry?.updatedAt);
      if (changed) {
        throw invalidRequest(`Session ${key} changed before deletion. Retry.`, {
          details: { reason: "session-changed" },
        });
      }
      if (entry === undefined) return { ok: true, key, deleted: false, archived: [] };
      const archived = isIncognitoKey(key) || expected.keepsTranscript ? [] : [archiveFile(entry)];
      for (const file of archived) await store.archive(entry.transcriptId, file);
      roster.remove(key);
      await store.deleteEntry(key, [entry.transcriptId]);
      tellOfDelete(entry);
      return { ok: true, key, deleted: true, archived };
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
      for (const entry of empty) {
        roster.remove(entry.key);
        await store.deleteEntry(entry.key, [entry.transcriptId]);
      }
      const left = own.length - empty.length;
      events.publish(
        "sessions.changed",
        { reason: "cleanup", ts: context.now() },
        { topics: [SESSIONS_TOPIC] },
      );
      const bytes = await store.sizeBytes();
      return cleanupReport({
        agentId,
        file: storePath(context.parts.stateDir, agentId),
        beforeCount: own.length,
        afterCount: left,
        bytes,
      });
    },
  };
}

/** What a session keeps when it starts over: who it is and how it was set up, not what happened in it. */
function kept(entry: Entry): Partial<Entry> & Pick<Entry, "createdVia" | "createdAt"> {
  const names = [
    "createdVia",
    "createdActor",
    "assignedOwner",
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

import type { Entry, Message } from "../domain/sessions/entry.ts";
import type { SessionStore } from "../domain/sessions/store.ts";
import { messageText } from "../domain/sessions/text.ts";
import type { ReferenceEvent, ReferenceSession, ReferenceState } from "../store/reference.ts";

export interface ImportReport {
  readonly sessions: number;
  readonly known: number;
  /** Sessions that were used here since the last time; they stay as they are. */
  readonly diverged: number;
  readonly messages: number;
  /** What the reference has and nobody takes over yet, with how many there are. */
  readonly notImported: Readonly<Record<string, number>>;
}

/** Members of an entry that mean the same on both sides. */
const SHARED = [
  "label",
  "displayName",
  "icon",
  "category",
  "chatType",
  "parentSessionKey",
  "spawnedBy",
  "spawnDepth",
  "archivedAt",
  "pinnedAt",
  "lastReadAt",
  "markedUnreadAt",
  "systemSent",
  "lastInteractionAt",
  "lastActivityAt",
  "status",
  "startedAt",
  "endedAt",
  "runtimeMs",
  "abortedLastRun",
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "totalTokensFresh",
  "estimatedCostUsd",
  "modelOverride",
  "providerOverride",
  "modelOverrideSource",
  "thinkingLevel",
  "fastMode",
  "verboseLevel",
  "reasoningLevel",
  "elevatedLevel",
  "permissionMode",
  "sendPolicy",
] as const satisfies readonly (keyof Entry)[];

/** Members that are large, and made anew by whoever runs the session. */
const REGENERATED = new Set([
  "skillsSnapshot",
  "sessionDiffBaseline",
  "sessionDiffBaselineCapture",
  "systemPromptReport",
]);

/** Takes over every session that the store does not have, and what was added to those that it has. */
export async function importSessions(reference: ReferenceState, store: SessionStore): Promise<ImportReport> {
  const known = new Map((await store.loadEntries()).map((entry) => [entry.key, entry]));
  const count = { sessions: 0, known: 0, diverged: 0, messages: 0 };
  const missing: Record<string, number> = { ...reference.leftBehind() };
  const add = (what: string, more: number): void => {
    if (more > 0) missing[what] = (missing[what] ?? 0) + more;
  };
  for (const agentId of reference.agents) {
    add("older transcripts (before a reset or on another branch)", reference.olderTranscripts(agentId));
    for (const session of reference.sessions(agentId)) {
      const outcome = await importOne(session, known.get(session.key), store);
      count[outcome.kind]++;
      count.messages += outcome.messages;
      add(
        "transcript records that are no messages",
        session.events.length - session.events.filter(isMessage).length,
      );
    }
  }
  return { ...count, notImported: missing };
}

interface Outcome {
  readonly kind: "sessions" | "known" | "diverged";
  readonly messages: number;
}

async function importOne(
  session: ReferenceSession,
  existing: Entry | undefined,
  store: SessionStore,
): Promise<Outcome> {
  const events = session.events.filter(isMessage);
  const entry = existing ?? toEntry(session, events);
  let missing = events;
  if (existing !== undefined) {
    const present = await store.extent(existing.transcriptId);
    const shared = await countShared(events, existing.transcriptId, store);
    // A transcript with messages of its own went on here; adding the other side's would mix two conversations.
    if (present.messages !== shared) return { kind: "diverged", messages: 0 };
    missing = events.slice(shared);
  } else {
    await store.saveEntry(entry);
  }
  for (const event of missing) {
    const message = toMessage(event);
    const added = {
      id: event.id,
      recordedAt: event.createdAt,
      ...tagsOf(message),
      message,
      text: messageText(message),
    };
    await store.append(entry.transcriptId, added, entry);
  }
  return { kind: existing === undefined ? "sessions" : "known", messages: missing.length };
}

/** How many of these, from the first on, the transcript has. */
async function countShared(
  events: readonly ReferenceEvent[],
  transcriptId: string,
  store: SessionStore,
): Promise<number> {
  let shared = 0;
  for (const event of events) {
    if ((await store.find(transcriptId, event.id)) === undefined) break;
    shared++;
  }
  return shared;
}

function isMessage(event: ReferenceEvent): boolean {
  const message = event.body["message"];
  return event.type === "message" && typeof message === "object" && message !== null && "role" in message;
}

function toMessage(event: ReferenceEvent): Message {
  // `isMessage` saw a role; the rest of a message is passed on as the reference wrote it.
  return event.body["message"] as Message;
}

function tagsOf(message: Message): { runId?: string; idempotencyKey?: string } {
  const own = message["__openclaw"];
  const runId = typeof own === "object" && own !== null && "runId" in own ? own.runId : undefined;
  const key = message["idempotencyKey"];
  return {
    ...(typeof runId === "string" ? { runId } : {}),
    ...(typeof key === "string" ? { idempotencyKey: key } : {}),
  };
}

function toEntry(session: ReferenceSession, events: readonly ReferenceEvent[]): Entry {
  const { entry } = session;
  const text = (key: string) => (typeof entry[key] === "string" ? entry[key] : undefined);
  const time = (key: string) => (typeof entry[key] === "number" ? entry[key] : undefined);
  const shared = Object.fromEntries(
    SHARED.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
  const used = new Set<string>([...SHARED, ...REGENERATED, ...IDENTITY]);
  const extra = Object.fromEntries(Object.entries(entry).filter(([key]) => !used.has(key)));
  const sessionId = text("sessionId") ?? session.key;
  const last = events.at(-1);
  const lastText = last === undefined ? "" : messageText(toMessage(last));
  return {
    ...shared,
    // A run that was active when the state was written is not active here.
    ...(shared["status"] === "running" ? { status: "killed", abortedLastRun: true } : {}),
    key: session.key,
    sessionId,
    agentId: session.agentId,
    transcriptId: sessionId,
    createdAt: time("createdAt") ?? time("updatedAt") ?? 0,
    updatedAt: time("updatedAt") ?? 0,
    createdVia: text("createdVia") ?? "operator",
    lifecycleRevision: text("lifecycleRevision") ?? sessionId,
    ...(lastText === "" ? {} : { lastMessageText: lastText }),
    extra,
  };
}

const IDENTITY = ["sessionId", "createdAt", "updatedAt", "createdVia", "lifecycleRevision"] as const;

import type { SessionEntry } from "../../../schemas/shapes/session.ts";

/** A JSON object that is passed on unread. */
type Opaque = Readonly<Record<string, unknown>>;

/** One chat session, as stored. The wire entry and the wire row are projected from it. Times are epoch ms. */
export interface Entry {
  readonly key: string;
  readonly sessionId: string;
  readonly agentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdVia: string;
  /** The person who made it. Programs that hold the same secret are nobody. */
  readonly createdActor?: { readonly type: "human"; readonly source: "profile"; readonly id: string };
  /** Whom the session was given to, and by whom. Not on the wire entry. */
  readonly assignedOwner?: {
    readonly actor: Opaque & { readonly id: string };
    readonly assignedBy: Opaque;
    readonly assignedAt: number;
  };
  /** Who does not want to be shown it among what concerns them. Not on the wire entry. */
  readonly hiddenFrom?: readonly string[];
  /** Changes with each reset; the session id does not. */
  readonly lifecycleRevision: string;
  readonly label?: string;
  readonly autoLabel?: string;
  readonly displayName?: string;
  readonly icon?: string;
  readonly color?: string;
  readonly category?: string;
  readonly chatType?: string;
  readonly visibility?: string;
  readonly parentSessionKey?: string;
  readonly parentSessionId?: string;
  readonly spawnedBy?: string;
  readonly spawnDepth?: number;
  readonly archivedAt?: number;
  readonly archivedBy?: Opaque;
  readonly archiveReason?: string;
  readonly pinnedAt?: number;
  readonly lastReadAt?: number;
  readonly markedUnreadAt?: number;
  readonly systemSent?: boolean;
  readonly lastInteractionAt?: number;
  /** When the last run of `agent` ended well; with `lastReadAt` it decides whether the session is unread. */
  readonly lastActivityAt?: number;
  /** The state of the last run: `running`, `done`, `failed`, `killed`, `timeout`. */
  readonly status?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly runtimeMs?: number;
  readonly lastRunId?: string;
  readonly abortedLastRun?: boolean;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly totalTokensFresh?: boolean;
  readonly estimatedCostUsd?: number;
  readonly modelOverride?: string;
  readonly providerOverride?: string;
  readonly modelOverrideSource?: string;
  /** The model that an active run really uses, while it runs. */
  readonly activeModelProvider?: string;
  readonly activeModel?: string;
  readonly thinkingLevel?: string;
  readonly fastMode?: boolean | "auto";
  readonly verboseLevel?: string;
  readonly traceLevel?: string;
  readonly reasoningLevel?: string;
  readonly elevatedLevel?: string;
  readonly responseUsage?: string;
  readonly sendPolicy?: string;
  readonly permissionMode?: string;
  readonly sandboxMode?: string;
  readonly execNode?: string;
  readonly boardFace?: string;
  readonly boardPresentation?: string;
  readonly agentStatus?: { readonly note?: string; readonly expiresAt: number; readonly attention?: string };
  readonly toolOverrides?: Opaque;
  readonly contextBudgetStatus?: Opaque;
  readonly lastRunError?: string;
  readonly goal?: Opaque;
  readonly placement?: Opaque & { readonly updatedAtMs?: number };
  /** Who spoke here, oldest first, each identity once. */
  readonly participants?: readonly { readonly identity: Opaque }[];
  /** The notes that stand for the beginning of the transcript where a model reads it. Not on the wire. */
  readonly compaction?: {
    readonly transcriptId: string;
    readonly throughSeq: number;
    readonly summary: string;
    readonly at: number;
  };
  /** Which transcript is in use; a reset starts another one. Not on the wire. */
  readonly transcriptId: string;
  /** The text of the last message, for lists. Not on the wire entry. */
  readonly lastMessageText?: string;
  /** Fields of the wire entry that no code of ours reads, kept as they were set. */
  readonly extra?: Opaque;
}

/** What may change in an entry; `undefined` takes a member away. */
export type EntryChange = {
  readonly [Member in Exclude<keyof Entry, "key" | "agentId" | "createdAt">]?: Entry[Member] | undefined;
};

/** A transcript message in the wire's own shape: `role`, `content`, `timestamp`, and what the role adds. */
export interface Message {
  readonly role: "user" | "assistant" | "toolResult" | "system" | "custom";
  readonly content: unknown;
  readonly timestamp: number;
  readonly [member: string]: unknown;
}

/** A message with its place in the transcript. `seq` starts at 1 and has no gaps. */
export interface TranscriptRecord {
  readonly id: string;
  readonly seq: number;
  /** Its place in the order of writing, counting what the reference writes beside the messages too. */
  readonly rawSeq: number;
  readonly recordedAt: number;
  readonly runId?: string;
  readonly idempotencyKey?: string;
  readonly message: Message;
}

/** Members of an entry that are not part of the wire entry. */
const INTERNAL: ReadonlySet<string> = new Set([
  "key",
  "agentId",
  "transcriptId",
  "lastMessageText",
  "lastRunId",
  "participants",
  "assignedOwner",
  "hiddenFrom",
  "activeModelProvider",
  "activeModel",
  "compaction",
  "extra",
]);

/** The `entry` object of answers such as `sessions.create`. */
export function toWireEntry(entry: Entry): SessionEntry {
  const wire: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(entry)) if (!INTERNAL.has(member)) wire[member] = value;
  const { sessionId, lifecycleRevision, updatedAt, createdVia, createdAt } = entry;
  return { sessionId, lifecycleRevision, updatedAt, createdVia, createdAt, ...wire, ...entry.extra };
}

/** The entry with a change applied: members set to `undefined` are gone, not present and undefined. */
export function applyChange(entry: Entry, change: EntryChange): Entry {
  const next: Record<string, unknown> = { ...entry };
  for (const [member, value] of Object.entries(change)) {
    if (value === undefined) delete next[member];
    else next[member] = value;
  }
  // Required members cannot be taken away: `EntryChange` has them, but callers only ever replace those.
  return next as unknown as Entry;
}

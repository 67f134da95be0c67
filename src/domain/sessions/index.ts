import type { Cards } from "./cards.ts";
import type { ChangeQuery, Changes } from "./checkout.ts";
import type { Entry, EntryChange, Message, TranscriptRecord } from "./entry.ts";
import type { Files } from "./files.ts";
import type { GoalOperation } from "./goals.ts";
import type { Groups } from "./groups.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Listing } from "./listing.ts";
import type { Notice } from "./notice.ts";
import type { Patches } from "./patch.ts";
import type { Suggestions } from "./suggestions.ts";
import type { Usage } from "./usage.ts";

export {
  type ChangedFile,
  type ChangeQuery,
  type Changes,
  type Checkouts,
  type Commit,
  noChanges,
} from "./checkout.ts";
export { messagesTopic, SESSIONS_TOPIC } from "./context.ts";
export type { Entry, EntryChange, Message, TranscriptRecord } from "./entry.ts";
export { dashboardKey, isDashboardKey } from "./keys.ts";
export type { Notice } from "./notice.ts";
export { actorOf, madeBy, speakerOf } from "./people.ts";
export { createSessions, type SessionsOptions } from "./sessions.ts";
export type { SessionStore } from "./store.ts";
export type { Suggestion } from "./suggestions.ts";
export { prepareWorkplace, type Workplace } from "./workplace.ts";

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
  /** Messages of the transcript, on this page or not. */
  readonly total: number;
  readonly hasMore: boolean;
  /** Changes when the transcript is another one (reset), not when it grows. For cursors. */
  readonly generation: string;
  /** The last place in the order of writing. For cursors. */
  readonly lastRawSeq: number;
  /** The id of the last message of the active branch. */
  readonly leafId: string | undefined;
}

/**
 * The sessions and their transcripts. Every write is durable when the promise resolves, and tells the connections
 * that subscribed (`sessions.changed`, `session.message`).
 */
export interface Sessions {
  /**
   * The canonical key (`agent:<id>:<rest>`, `global`, `unknown`) for what a client may send. Throws the refusal that
   * the client is to see when it looks like a full key and is none.
   */
  canonicalKey(reference: string, agentId?: string): string;
  /** The same for the methods that refuse an agent that is not in the roster. */
  keyFor(reference: string, agentId: string | undefined): string;
  /** The agent that a canonical key belongs to. */
  agentOf(key: string): string;
  get(key: string): Promise<Entry | undefined>;
  /** Refuses new work in a session that was put away. */
  mustBeOpen(key: string): Promise<void>;
  /**
   * The session made ready for a chat: made now if it was not there, at rest if nobody ever
   * spoke in it. With `isChat: false` it is only made: nobody chats in it yet.
   */
  ensure(
    key: string,
    init: {
      createdVia: string;
      createdActor?: NonNullable<Entry["createdActor"]>;
      sessionId?: string;
      displayName?: string;
      isChat?: boolean;
      isCommand?: boolean;
    },
  ): Promise<Entry>;
  /**
   * Changes an entry and publishes `sessions.changed` with this reason or phase. `updatedAt` becomes now unless the
   * change names it. `null` tells nobody.
   */
  update(
    key: string,
    change: (entry: Entry) => EntryChange,
    notice: Notice | null,
    /** A later write of the same work makes this one good after a power cut; no crash of the gateway can lose it. */
    isCovered?: boolean,
  ): Promise<Entry>;
  /** Counts a person or a client among those who spoke; the first time it is told with reason `participants`. */
  addParticipant(key: string, identity: Readonly<Record<string, unknown>>): Promise<void>;
  /**
   * Adds a message to the transcript. With an `idempotencyKey` already in the transcript nothing is added and the
   * record that is there comes back.
   */
  append(
    key: string,
    message: Message,
    origin: { runId?: string; idempotencyKey?: string; isCommand?: boolean },
  ): Promise<TranscriptRecord>;
  /** The newest messages before a `seq`, or the ones after it. */
  history(key: string, page: { limit: number; before?: number; after?: number }): Promise<HistoryPage>;
  /** One message of the session's transcript. */
  message(key: string, messageId: string): Promise<TranscriptRecord | undefined>;
  /** A record as clients see it: the message with its place in `__openclaw`. */
  toWireMessage(entry: Entry, record: TranscriptRecord): Record<string, unknown>;
  /** The `sessionInfo` of `chat.history`: the row with its activity, without the choices of thinking levels. */
  row(key: string, viewer: Viewer): Promise<Record<string, unknown> | undefined>;
  /** Refuses an operation on a goal with the reason; there is no goal yet that it could be done to. */
  checkGoal(key: string, operation: GoalOperation): Promise<never>;
  /** What the caller is to a session, in the wire's word. */
  sharingRole(viewer: Viewer): string;
  /** The recap of a session: there is no utility model that would write one. */
  readonly activitySummary: Readonly<Record<string, unknown>>;
  /** The `defaults` of `chat.history`. */
  defaults(): Record<string, unknown>;
  readonly listing: Listing;
  readonly lifecycle: Lifecycle;
  readonly patches: Patches;
  readonly groups: Groups;
  readonly cards: Cards;
  readonly usage: Usage;
  readonly files: Files;
  readonly suggestions: Suggestions;
  /** What changed in the folder of a session. */
  changes(key: string, query: ChangeQuery): Promise<Changes>;
}

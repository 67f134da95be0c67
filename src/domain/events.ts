/**
 * Which connections an event is for, beyond the scope that its contract asks for. Empty means every connection
 * that holds the scope.
 */
export interface Audience {
  /** Instead of the scope of the event's contract: `node` for the copy of an operators' event that a node gets. */
  readonly access?: "node";
  /**
   * Only connections that subscribed to at least one of these topics.
   * In use: `sessions` (sessions.subscribe) and `messages:<sessionKey>` (sessions.messages.subscribe).
   */
  readonly topics?: readonly string[];
  /** Only connections that announced this capability at connect, for example `tool-events`. */
  readonly cap?: string;
  /** Only connections that hold this scope, and only those that do not: for payloads that differ by scope. */
  readonly holding?: string;
  readonly lacking?: string;
  /** Only these connections. */
  readonly connIds?: ReadonlySet<string>;
  /** Never these connections. */
  readonly exceptConnIds?: ReadonlySet<string>;
  /** Dropped instead of queued when the receiver is slow: right for states that a later event repeats. */
  readonly isDroppable?: boolean;
}

/** How domain code tells the world that something happened. Implemented by `src/events`. */
export interface Publisher {
  publish(event: string, payload: unknown, audience?: Audience): void;
  /** False when nobody would get it: then there is no need to make it. */
  isHeard?(event: string, audience?: Audience): boolean;
}

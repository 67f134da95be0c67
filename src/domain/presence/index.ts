import type { NoteFacts } from "./note.ts";

export { createPresence } from "./presence.ts";

/** One line of `system-presence`, in the wire's own shape. */
export interface PresenceEntry {
  readonly host?: string;
  readonly ip?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly deviceFamily?: string;
  readonly mode?: string;
  readonly reason?: string;
  readonly instanceId?: string;
  readonly text: string;
  readonly ts: number;
  readonly [member: string]: unknown;
}

/** A peer that has shaken hands. */
export interface Arrival {
  readonly connId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly mode: string;
  readonly version: string;
  readonly platform: string;
  readonly displayName?: string;
  readonly deviceId?: string;
  readonly instanceId?: string;
  readonly deviceFamily?: string;
  readonly modelIdentifier?: string;
}

/** Who is there. Every change publishes `presence` and raises the presence version. */
export interface Presence {
  /** The gateway itself first, then the latest change first. */
  list(): readonly PresenceEntry[];
  readonly version: number;
  /** Shows a peer until the returned function is called, and as gone for a while after. */
  arrive(arrival: Arrival): () => void;
  /** Shows what a helper beside the gateway says of itself; saying it again renews the line. */
  note(text: string, facts: NoteFacts): void;
}

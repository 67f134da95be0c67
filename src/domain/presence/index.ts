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

/** Who is there. Every change publishes `presence` and raises the presence version. */
export interface Presence {
  list(): readonly PresenceEntry[];
  readonly version: number;
}

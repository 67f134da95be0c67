import { createHash } from "node:crypto";
import type { SessionRow } from "../../../schemas/shapes/session.ts";
import { assert } from "../../errors/assert.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { Audience, Publisher } from "../events.ts";
import type { Checkouts } from "./checkout.ts";
import { applyChange, type Entry, type EntryChange } from "./entry.ts";
import type { RunActivity, Viewer } from "./index.ts";
import { agentOfKey, canonicalKey, isReservedKey } from "./keys.ts";
import type { ModelSource } from "./model-facts.ts";
import { changedPayload, type Notice } from "./notice.ts";
import type { Roster } from "./roster.ts";
import { projectRow, type RowView, type SharingRole } from "./row.ts";
import type { SessionStore } from "./store.ts";

const ADMIN = "operator.admin";
/** An event names at most this many sessions above the one that changed. */
const ANCESTORS_MAX = 64;

export const SESSIONS_TOPIC = "sessions";
export const messagesTopic = (key: string): string => `messages:${key}`;

export interface SessionParts {
  readonly store: SessionStore;
  readonly roster: Roster;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly agents: Agents;
  readonly models: ModelSource;
  readonly activity: RunActivity;
  readonly checkouts: Checkouts;
  readonly stateDir: string;
  readonly sessionsMax: number;
}

/** What every part of the sessions needs: entries that are saved, told about and shown in one way only. */
export class SessionContext {
  readonly parts: SessionParts;

  constructor(parts: SessionParts) {
    this.parts = parts;
  }

  now(): number {
    return this.parts.clock.now();
  }

  ready(): Promise<void> {
    return this.parts.roster.ready();
  }

  /** See `Sessions.canonicalKey`. */
  canonical(reference: string, agentId?: string): string {
    const key = canonicalKey(reference, agentId?.trim().toLowerCase() || this.parts.agents.defaultId);
    if (key === undefined) {
      throw new ProtocolError("INVALID_REQUEST", `malformed session key "${reference}"`);
    }
    return key;
  }

  /** See `Sessions.keyFor`. */
  keyFor(reference: string, agentId: string | undefined): string {
    if (agentId !== undefined && this.parts.agents.get(agentId.trim().toLowerCase()) === undefined) {
      throw new ProtocolError("INVALID_REQUEST", `Unknown agent id "${agentId}"`);
    }
    const key = this.canonical(reference, agentId);
    const owner = agentOfKey(key);
    if (agentId !== undefined && owner !== undefined && owner !== agentId.trim().toLowerCase()) {
      throw new ProtocolError(
        "INVALID_REQUEST",
        `agent "${agentId}" does not match session key agent "${owner}"`,
      );
    }
    return key;
  }

  async get(key: string): Promise<Entry | undefined> {
    await this.ready();
    return this.parts.roster.get(key);
  }

  /** See `Sessions.mustBeOpen`. */
  async mustBeOpen(key: string): Promise<void> {
    const entry = await this.get(key);
    if (entry?.archivedAt === undefined) return;
    throw new ProtocolError(
      "INVALID_REQUEST",
      `Session "${key}" is archived. Restore it before starting new work.`,
    );
  }

  /** Takes the entry in force at once and resolves when it is durable. A write that fails takes it back. */
  async save(entry: Entry, isCovered = false): Promise<Entry> {
    const { roster, store } = this.parts;
    const before = roster.get(entry.key);
    if (before === undefined) mayBeMade(entry.key);
    if (before === undefined && roster.size >= this.parts.sessionsMax) {
      throw new ProtocolError("UNAVAILABLE", "too many sessions; delete some first");
    }
    roster.put(entry);
    try {
      await store.saveEntry(entry, isCovered);
    } catch (error) {
      if (roster.get(entry.key) === entry) this.restore(entry.key, before);
      throw error;
    }
    return entry;
  }

  restore(key: string, before: Entry | undefined): void {
    if (before === undefined) this.parts.roster.remove(key);
    else this.parts.roster.put(before);
  }

  /** The entry in force. Only what was read with no `await` since may be changed and saved. */
  mustBeNow(key: string): Entry {
    const entry = this.parts.roster.get(key);
    assert(entry !== undefined, `no session ${key}`);
    return entry;
  }

  /** The change is applied to the entry in force, whatever the caller read before: no change loses another. */
  change(entry: Entry, change: EntryChange, isCovered = false): Promise<Entry> {
    const current = this.parts.roster.get(entry.key) ?? entry;
    return this.save(applyChange(current, { updatedAt: this.now(), ...change }), isCovered);
  }

  roleOf(viewer: Viewer): SharingRole {
    return viewer.scopes.includes(ADMIN) ? "admin" : "owner";
  }

  /** Ids of active runs are told until a first run has begun to work: then its runtime owns them, see [SE14]. */
  activityOf(entry: Entry): NonNullable<RowView["activity"]> {
    const activeRunIds = this.parts.activity.activeRunIds(entry.key);
    return { activeRunIds, idsKnown: activeRunIds.length === 0 || entry.placement === undefined };
  }

  row(entry: Entry, view: RowView): SessionRow {
    const { agents, models, roster } = this.parts;
    const children = roster.children(entry.key);
    return projectRow(entry, { now: this.now(), defaultAgentId: agents.defaultId, models, children }, view);
  }

  /** The row as events show it: everything in it. */
  eventRow(entry: Entry, sharingRole: SharingRole): SessionRow {
    return this.row(entry, {
      sharingRole,
      withTitle: true,
      withLastMessage: true,
      withSummary: true,
      activity: this.activityOf(entry),
    });
  }

  /** Rows of the sessions above this one; undefined when one of them is not there. */
  ancestorRows(entry: Entry, sharingRole: SharingRole): readonly SessionRow[] | undefined {
    const rows: SessionRow[] = [];
    const seen = new Set([entry.key]);
    let parent = entry.parentSessionKey;
    while (parent !== undefined && !seen.has(parent)) {
      const above = this.parts.roster.get(parent);
      if (above === undefined || rows.length >= ANCESTORS_MAX) return undefined;
      seen.add(parent);
      rows.push(this.eventRow(above, sharingRole));
      parent = above.parentSessionKey;
    }
    return rows;
  }

  /** Tells who subscribed that a session changed. What a connection is shown depends on its scopes. */
  announce(entry: Entry, notice: Notice): void {
    this.publishPerRole("sessions.changed", { topics: [SESSIONS_TOPIC] }, (role) => {
      const ancestors = this.ancestorRows(entry, role);
      const row = this.eventRow(entry, role);
      return changedPayload(entry.key, entry.agentId, row, notice, this.now(), ancestors);
    });
  }

  publishPerRole(event: string, audience: Audience, payload: (role: SharingRole) => unknown): void {
    const { events } = this.parts;
    // A turn tells a session's state many times over, and most of the time nobody listens to one of the two.
    const admins = { ...audience, holding: ADMIN };
    if (events.isHeard?.(event, admins) !== false) events.publish(event, payload("admin"), admins);
    const others = { ...audience, lacking: ADMIN };
    if (events.isHeard?.(event, others) !== false) events.publish(event, payload("owner"), others);
  }

  /** Names the transcript that a position belongs to, without telling where it is kept. */
  transcriptSource(entry: Entry): string {
    return createHash("sha256").update(entry.sessionId).digest("base64url");
  }
}

function mayBeMade(key: string): void {
  if (!isReservedKey(key)) return;
  throw new ProtocolError(
    "INVALID_REQUEST",
    "Session key namespace is reserved for agent harness-owned sessions.",
  );
}

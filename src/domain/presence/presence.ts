import { POLICY } from "../../../schemas/policy.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Host } from "../../platform/host.ts";
import type { Publisher } from "../events.ts";
import type { Arrival, Presence, PresenceEntry } from "./index.ts";
import { noteEntry } from "./note.ts";

export interface PresenceOptions {
  readonly clock: Clock;
  readonly events: Publisher;
  readonly host: Host;
  /** Tells this process from the ones before and after it. */
  readonly instanceId: string;
}

/** The one human of a gateway without accounts. */
const OWNER_ID = "gateway-owner";

/** Tools of the operator's own machine come and go by the second: they are not somebody who is there. */
const UNSEEN_IDS: ReadonlySet<string> = new Set(["cli", "gateway-client"]);
const UNSEEN_MODES: ReadonlySet<string> = new Set(["backend", "cli", "probe"]);

interface Line {
  entry: PresenceEntry;
  isConnected: boolean;
}

export function createPresence(options: PresenceOptions): Presence {
  const { clock, events } = options;
  const lines = new Map<string, Line>();
  const self = selfEntry(options);
  const startedAt = clock.now();
  /** When the owner came, and how many connections keep the owner here. */
  let onlineSince = startedAt;
  let present = 0;
  let version = 1;

  function list(): readonly PresenceEntry[] {
    const now = clock.now();
    for (const [key, line] of lines) {
      if (!line.isConnected && now - line.entry.ts > POLICY.presenceEntryMs) lines.delete(key);
    }
    const others = [...lines.values()].map(({ entry }) => entry);
    return [{ ...self, ts: now }, ...others.toSorted((left, right) => right.ts - left.ts)];
  }

  function changed(): void {
    version += 1;
    events.publish("presence", { presence: list() }, { isDroppable: true });
  }

  function put(key: string, line: Line): void {
    lines.delete(key);
    lines.set(key, line);
    if (lines.size <= POLICY.presenceEntriesMax) return;
    const gone = [...lines].find(([, { isConnected }]) => !isConnected) ?? [...lines][0];
    if (gone !== undefined) lines.delete(gone[0]);
  }

  return {
    list,
    get version() {
      return version;
    },
    arrive(arrival) {
      if (UNSEEN_IDS.has(arrival.clientId) || UNSEEN_MODES.has(arrival.mode)) return () => {};
      if (present === 0) onlineSince = clock.now();
      present += 1;
      const key = (arrival.deviceId ?? arrival.instanceId ?? arrival.connId).toLowerCase();
      const entry = { ...clientEntry(arrival, { onlineSince, startedAt }), ts: clock.now() };
      const line: Line = { entry: { ...entry, reason: "connect" }, isConnected: true };
      put(key, line);
      changed();
      return () => {
        present -= 1;
        if (lines.get(key) !== line) return;
        line.isConnected = false;
        line.entry = { ...entry, ts: clock.now(), reason: "disconnect" };
        changed();
      };
    },
    note(text, facts) {
      const { key, entry } = noteEntry(text, facts, clock.now());
      put(key, { entry, isConnected: false });
      changed();
    },
  };
}

function selfEntry({ host, instanceId, clock }: PresenceOptions): PresenceEntry {
  const place = host.ip === undefined ? host.name : `${host.name} (${host.ip})`;
  return {
    host: host.name,
    ...(host.ip === undefined ? {} : { ip: host.ip }),
    version: REFERENCE_VERSION,
    platform: host.platform,
    deviceFamily: host.deviceFamily,
    mode: "gateway",
    reason: "self",
    instanceId,
    text: `Gateway: ${place} · app ${REFERENCE_VERSION} · mode gateway · reason self`,
    ts: clock.now(),
  };
}

function clientEntry(arrival: Arrival, times: { onlineSince: number; startedAt: number }): PresenceEntry {
  const { clientId, mode, displayName, version, platform, deviceFamily, modelIdentifier, instanceId } =
    arrival;
  const host = displayName ?? clientId;
  const instance = instanceId ?? (arrival.role === "node" ? arrival.deviceId : undefined);
  return {
    clientId,
    mode,
    ...(arrival.deviceId === undefined ? {} : { deviceId: arrival.deviceId }),
    ...(arrival.role === "node" ? {} : { user: owner(times.startedAt), onlineSince: times.onlineSince }),
    roles: [arrival.role],
    ...(arrival.scopes.length === 0 ? {} : { scopes: arrival.scopes }),
    ts: 0,
    // compat(sweep/system-presence): only nodes are called by their name.
    text: `Node: ${arrival.role === "node" ? host : "unknown"} · mode ${mode}`,
    host,
    version,
    platform,
    ...(deviceFamily === undefined ? {} : { deviceFamily }),
    ...(modelIdentifier === undefined ? {} : { modelIdentifier }),
    ...(instance === undefined ? {} : { instanceId: instance }),
  };
}

function owner(version: number): Record<string, unknown> {
  return {
    id: OWNER_ID,
    identity: { type: "profile", id: OWNER_ID },
    avatarUrl: `/api/users/${OWNER_ID}/avatar?v=${version}`,
  };
}

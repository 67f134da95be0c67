import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";

/** Who a person is, as clients are told. */
export interface Profile {
  readonly id: string;
  readonly displayName: string | null;
  readonly avatarMime: null;
  readonly mergedInto: null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly emails: string[];
  readonly githubIdentity: null;
  readonly hasAvatar: boolean;
}

/** As much of a caller as tells whether a person sits behind it. */
export interface Peer {
  readonly client: { readonly id: string };
  readonly deviceId?: string;
}

/**
 * The one person of a gateway without accounts: whoever opens its Control UI or its terminal UI on a paired device.
 * Programs that hold the same secret are nobody.
 */
export interface Owner {
  /** The profile of who calls, made when its owner first comes; undefined for everybody else. */
  of(peer: Peer): Promise<Profile | undefined>;
  /** Who calls, as the sender of what they say. */
  senderOf(peer: Peer): Promise<{ readonly id: string; readonly avatarUrl: string } | undefined>;
  /** Undefined as long as nobody came. */
  profile(): Promise<Profile | undefined>;
  rename(displayName: string | null): Promise<Profile>;
  prefs(keys: readonly string[] | undefined): Promise<Readonly<Record<string, unknown>>>;
  /** False, and nothing is changed, when a value is not the one that was expected. */
  setPrefs(entries: Entries, expected: Entries | undefined): Promise<boolean>;
  /** Tells clients whether what they know of mentions is of this run of the gateway. */
  readonly instanceId: string;
}

type Entries = Readonly<Record<string, unknown>>;

const OWNER_ID = "gateway-owner";
/** What people look at; the other clients are programs. */
const OF_PEOPLE: ReadonlySet<string> = new Set(["openclaw-control-ui", "openclaw-tui"]);
const SCOPE = "users";
const PREFS = `${OWNER_ID}/prefs`;
const PREFS_MAX = 256;

interface Stored {
  readonly displayName: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface OwnerOptions {
  readonly documents: Documents;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}

export function createOwner({ documents, clock, ids }: OwnerOptions): Owner {
  // What stands in the scope was written below and nowhere else.
  const read = async () => (await documents.read(SCOPE, OWNER_ID)) as Stored | undefined;
  const readPrefs = async () => ((await documents.read(SCOPE, PREFS)) as Entries | undefined) ?? {};

  async function write(displayName: string | null): Promise<Profile> {
    const now = clock.now();
    const createdAt = (await read())?.createdAt ?? now;
    const stored = { displayName, createdAt, updatedAt: now };
    await documents.write(SCOPE, OWNER_ID, stored);
    return profileOf(stored);
  }

  async function of({ client, deviceId }: Peer): Promise<Profile | undefined> {
    if (!OF_PEOPLE.has(client.id) || deviceId === undefined) return undefined;
    const stored = await read();
    return stored === undefined ? await write(null) : profileOf(stored);
  }

  return {
    instanceId: ids.uuid(),
    of,
    async senderOf(peer) {
      const profile = await of(peer);
      if (profile === undefined) return undefined;
      return { id: profile.id, avatarUrl: `/api/users/${profile.id}/avatar?v=${profile.updatedAt}` };
    },
    async profile() {
      const stored = await read();
      return stored === undefined ? undefined : profileOf(stored);
    },
    rename: write,
    async prefs(keys) {
      const all = Object.entries(await readPrefs());
      return Object.fromEntries(keys === undefined ? all : all.filter(([key]) => keys.includes(key)));
    },
    async setPrefs(entries, expected) {
      const before = await readPrefs();
      const isExpected = ([key, value]: [string, unknown]): boolean =>
        JSON.stringify(before[key] ?? null) === JSON.stringify(value);
      if (!Object.entries(expected ?? {}).every(isExpected)) return false;
      const after = Object.entries({ ...before, ...entries }).filter(([, value]) => value !== null);
      await documents.write(SCOPE, PREFS, Object.fromEntries(after.slice(-PREFS_MAX)));
      return true;
    },
  };
}

function profileOf({ displayName, createdAt, updatedAt }: Stored): Profile {
  return {
    id: OWNER_ID,
    displayName,
    avatarMime: null,
    mergedInto: null,
    createdAt,
    updatedAt,
    emails: [],
    githubIdentity: null,
    hasAvatar: false,
  };
}

import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Documents } from "../documents/index.ts";

/** A saved way into a provider. Keys stand here and in no answer. */
export interface AuthProfile {
  readonly type: "api_key";
  readonly provider: string;
  readonly key: string;
}

interface Stored {
  readonly profiles: Readonly<Record<string, AuthProfile>>;
  /** provider -> ids, the first one first; without it all of them, as they were saved. */
  readonly order: Readonly<Record<string, readonly string[]>>;
}

/** The saved sign-ins of agents. What an agent has none of itself, it has from the default agent. */
export interface AuthProfiles {
  /** The agent in whose folder lies what all agents share; undefined when it has a place of its own. */
  readonly keeper: string | undefined;
  /** Those of a provider, in the order in which they are tried. */
  list(agentId: string, provider: string): Promise<readonly (AuthProfile & { readonly id: string })[]>;
  /** Every provider that something is saved for. */
  providers(agentId: string): Promise<readonly string[]>;
  /** Returns the id of the profile that holds the key now. */
  setApiKey(agentId: string, provider: string, key: string): Promise<string>;
  /** Removes those named, or all of the provider; returns the ids of what was there. */
  remove(agentId: string, provider: string, ids: readonly string[] | undefined): Promise<readonly string[]>;
  /** Without ids the order is as saved again. */
  setOrder(agentId: string, provider: string, ids: readonly string[] | undefined): Promise<void>;
  /** The key that a call of the provider goes out with; undefined when none is saved. */
  keyOf(provider: string): Promise<string | undefined>;
}

export interface AuthProfilesOptions {
  readonly documents: Documents;
  readonly defaultAgentId: () => string;
  /** compat(agents/roster): on a new state the first agent keeps what is shared, until the next start moves it. */
  readonly isNewState: boolean;
}

const FIRST_AGENT = "main";

const SCOPE = "auth-profiles";
const EMPTY: Stored = { profiles: {}, order: {} };
const PROFILES_MAX = 500;

export function createAuthProfiles(options: AuthProfilesOptions): AuthProfiles {
  const { documents, defaultAgentId, isNewState } = options;
  const known = new Map<string, Stored>();

  async function read(agentId: string): Promise<Stored> {
    const there = known.get(agentId);
    if (there !== undefined) return there;
    // What stands in the scope was written below and nowhere else.
    const stored = ((await documents.read(SCOPE, agentId)) as Stored | undefined) ?? EMPTY;
    known.set(agentId, stored);
    return stored;
  }

  async function write(agentId: string, stored: Stored): Promise<void> {
    await documents.write(SCOPE, agentId, stored);
    known.set(agentId, stored);
  }

  /** An agent's own profiles stand before those of the default agent. */
  async function seenBy(agentId: string): Promise<Stored> {
    const own = await read(agentId);
    if (agentId === defaultAgentId()) return own;
    const base = await read(defaultAgentId());
    return { profiles: { ...base.profiles, ...own.profiles }, order: { ...base.order, ...own.order } };
  }

  async function list(agentId: string, provider: string) {
    const { profiles, order } = await seenBy(agentId);
    const ids = order[provider] ?? idsOf(profiles, provider);
    return ids.flatMap((id) => {
      const profile = profiles[id];
      return profile === undefined ? [] : [{ id, ...profile }];
    });
  }

  return {
    keeper: isNewState ? FIRST_AGENT : undefined,
    list,
    async providers(agentId) {
      const { profiles } = await seenBy(agentId);
      return [...new Set(Object.values(profiles).map(({ provider }) => provider))].sort();
    },
    async setApiKey(agentId, provider, key) {
      const stored = await read(agentId);
      const id = idsOf(stored.profiles, provider)[0] ?? `${provider}:manual`;
      if (Object.keys(stored.profiles).length >= PROFILES_MAX) throw invalidRequest("too many auth profiles");
      await write(agentId, {
        ...stored,
        profiles: { ...stored.profiles, [id]: { type: "api_key", provider, key } },
      });
      return id;
    },
    async remove(agentId, provider, ids) {
      const stored = await read(agentId);
      const there = idsOf(stored.profiles, provider);
      if (ids?.some((id) => !there.includes(id)) === true)
        throw invalidRequest("profileIds contain unavailable auth profiles");
      const gone = ids ?? there;
      if (gone.length === 0) return [];
      await write(agentId, {
        profiles: without(stored.profiles, gone),
        order: withoutIds(stored.order, provider, gone),
      });
      return gone;
    },
    async setOrder(agentId, provider, ids) {
      const { profiles } = await seenBy(agentId);
      const missing = ids?.find((id) => profiles[id]?.provider !== provider);
      if (missing !== undefined)
        throw invalidRequest(`profileId ${missing} is unavailable for provider ${provider}`);
      const stored = await read(agentId);
      const rest = without(stored.order, [provider]);
      await write(agentId, { ...stored, order: ids === undefined ? rest : { ...rest, [provider]: ids } });
    },
    async keyOf(provider) {
      return (await list(defaultAgentId(), provider))[0]?.key;
    },
  };
}

function idsOf(profiles: Stored["profiles"], provider: string): string[] {
  return Object.keys(profiles).filter((id) => profiles[id]?.provider === provider);
}

function without<T>(map: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

function withoutIds(order: Stored["order"], provider: string, gone: readonly string[]): Stored["order"] {
  const rest = (order[provider] ?? []).filter((id) => !gone.includes(id));
  const others = without(order, [provider]);
  return rest.length === 0 ? others : { ...others, [provider]: rest };
}

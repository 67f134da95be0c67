import type { Entry } from "./entry.ts";
import { isCronRun, isIncognitoKey } from "./keys.ts";
import type { SessionStore } from "./store.ts";

/**
 * All entries, in memory: lists filter and sort over every session, and rows name their children. Filled at first
 * use, written through by its owner. It grows with the number of sessions, which `POLICY.sessionsMax` bounds.
 */
export class Roster {
  readonly #store: SessionStore;
  readonly #entries = new Map<string, Entry>();
  readonly #children = new Map<string, Set<string>>();
  #loading: Promise<void> | undefined;
  #byUpdate: readonly Entry[] | undefined;
  #agentIds: ReadonlySet<string> | undefined;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  ready(): Promise<void> {
    this.#loading ??= this.#store.loadEntries().then((entries) => {
      for (const entry of entries) this.put(entry);
    });
    return this.#loading;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  values(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  /**
   * What lists are made from: newest change first; entries with equal times stand in the order of their keys, so that
   * pages are stable. Kept until something changes: most lists ask for the first page again and again.
   */
  newestFirst(): readonly Entry[] {
    this.#byUpdate ??= [...this.#entries.values()]
      .filter((entry) => !isCronRun(entry.key) && !isIncognitoKey(entry.key))
      .sort((left, right) => right.updatedAt - left.updatedAt || compareText(left.key, right.key));
    return this.#byUpdate;
  }

  /** Agents that have a session, configured or not. */
  agentIds(): ReadonlySet<string> {
    this.#agentIds ??= new Set([...this.#entries.values()].map((entry) => entry.agentId));
    return this.#agentIds;
  }

  /** An incognito session is found by its key and by nothing else. */
  find(matches: (entry: Entry) => boolean): Entry | undefined {
    for (const entry of this.#entries.values())
      if (!isIncognitoKey(entry.key) && matches(entry)) return entry;
    return undefined;
  }

  /** Keys of the sessions under this one, in order. */
  children(key: string): readonly string[] {
    const keys = this.#children.get(key);
    return keys === undefined ? [] : [...keys].sort(compareText);
  }

  put(entry: Entry): void {
    this.#unlink(this.#entries.get(entry.key));
    this.#entries.set(entry.key, entry);
    for (const parent of parentsOf(entry)) {
      const siblings = this.#children.get(parent);
      if (siblings) siblings.add(entry.key);
      else this.#children.set(parent, new Set([entry.key]));
    }
    this.#byUpdate = undefined;
    this.#agentIds = undefined;
  }

  remove(key: string): void {
    this.#unlink(this.#entries.get(key));
    this.#entries.delete(key);
    this.#byUpdate = undefined;
    this.#agentIds = undefined;
  }

  #unlink(entry: Entry | undefined): void {
    if (entry === undefined) return;
    for (const parent of parentsOf(entry)) {
      const siblings = this.#children.get(parent);
      siblings?.delete(entry.key);
      if (siblings?.size === 0) this.#children.delete(parent);
    }
  }
}

function parentsOf(entry: Entry): Set<string> {
  const parents = new Set<string>();
  if (entry.parentSessionKey !== undefined) parents.add(entry.parentSessionKey);
  if (entry.spawnedBy !== undefined) parents.add(entry.spawnedBy);
  return parents;
}

/** By code unit: the order does not depend on the machine's language. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

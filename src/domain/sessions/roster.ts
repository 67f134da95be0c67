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
  readonly #sortedChildren = new Map<string, readonly string[]>();
  /** The listed entries in order; kept in order by each change, once it was asked for. */
  #byUpdate: Entry[] | undefined;
  #agentIds: ReadonlySet<string> | undefined;
  #makers: readonly NonNullable<Entry["createdActor"]>[] | undefined;
  #revision = 0;

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

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
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
    this.#byUpdate ??= [...this.#entries.values()].filter(isListed).sort(inOrder);
    return this.#byUpdate;
  }

  /** Agents that have a session, configured or not. */
  agentIds(): ReadonlySet<string> {
    this.#agentIds ??= new Set([...this.#entries.values()].map((entry) => entry.agentId));
    return this.#agentIds;
  }

  /** Persons who made a session, each once. A session keeps its maker, so only new and gone ones change this. */
  makers(): readonly NonNullable<Entry["createdActor"]>[] {
    this.#makers ??= [
      ...new Map(
        [...this.#entries.values()].flatMap(({ createdActor }) =>
          createdActor === undefined ? [] : [[createdActor.id, createdActor] as const],
        ),
      ).values(),
    ];
    return this.#makers;
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
    if (keys === undefined) return NONE;
    const known = this.#sortedChildren.get(key);
    if (known !== undefined) return known;
    const sorted = [...keys].sort(compareText);
    this.#sortedChildren.set(key, sorted);
    return sorted;
  }

  put(entry: Entry): void {
    this.#revision += 1;
    const before = this.#entries.get(entry.key);
    this.#entries.set(entry.key, entry);
    if (!hasSameParents(before, entry)) {
      this.#unlink(before);
      this.#link(entry);
    }
    this.#takeOut(before);
    this.#putIn(entry);
    if (before !== undefined) return;
    this.#agentIds = undefined;
    this.#makers = undefined;
  }

  remove(key: string): void {
    this.#revision += 1;
    const before = this.#entries.get(key);
    this.#unlink(before);
    this.#entries.delete(key);
    this.#takeOut(before);
    this.#agentIds = undefined;
    this.#makers = undefined;
  }

  #link(entry: Entry): void {
    for (const parent of parentsOf(entry)) {
      const siblings = this.#children.get(parent);
      if (siblings) siblings.add(entry.key);
      else this.#children.set(parent, new Set([entry.key]));
      this.#sortedChildren.delete(parent);
    }
  }

  #takeOut(entry: Entry | undefined): void {
    if (entry === undefined || this.#byUpdate === undefined || !isListed(entry)) return;
    const at = placeOf(this.#byUpdate, entry);
    if (this.#byUpdate[at] === entry) this.#byUpdate.splice(at, 1);
    else this.#byUpdate = undefined;
  }

  #putIn(entry: Entry): void {
    if (this.#byUpdate === undefined || !isListed(entry)) return;
    this.#byUpdate.splice(placeOf(this.#byUpdate, entry), 0, entry);
  }

  #unlink(entry: Entry | undefined): void {
    if (entry === undefined) return;
    for (const parent of parentsOf(entry)) {
      const siblings = this.#children.get(parent);
      siblings?.delete(entry.key);
      this.#sortedChildren.delete(parent);
      if (siblings?.size === 0) this.#children.delete(parent);
    }
  }
}

const NONE: readonly string[] = [];

/** Runs of a job and incognito sessions are in no list. */
function isListed(entry: Entry): boolean {
  return !isCronRun(entry.key) && !isIncognitoKey(entry.key);
}

function inOrder(left: Entry, right: Entry): number {
  return right.updatedAt - left.updatedAt || compareText(left.key, right.key);
}

/** Where an entry stands, or would stand, among entries in order. */
function placeOf(entries: readonly Entry[], entry: Entry): number {
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = entries[middle];
    if (there !== undefined && inOrder(there, entry) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function hasSameParents(before: Entry | undefined, entry: Entry): boolean {
  return before?.parentSessionKey === entry.parentSessionKey && before?.spawnedBy === entry.spawnedBy;
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

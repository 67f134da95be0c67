import type { Entry } from "./entry.ts";
import { GLOBAL_KEY, keyFacts, UNKNOWN_KEY } from "./keys.ts";
import { isInvolved, ownerOf } from "./people.ts";
import { compareText, type Roster } from "./roster.ts";
import { displayNameOf } from "./row.ts";

/** The params of `sessions.list`, as far as they choose and order rows. */
export interface ListQuery {
  readonly limit?: number;
  readonly offset?: number;
  readonly activeMinutes?: number;
  readonly activeOnly?: boolean;
  readonly requireLastInteraction?: boolean;
  readonly sortBy?: "updatedAt" | "lastInteractionAt" | "activity";
  readonly includeGlobal?: boolean;
  readonly includeUnknown?: boolean;
  readonly excludeSubagents?: boolean;
  readonly excludeCron?: boolean;
  readonly excludeSystem?: boolean;
  readonly configuredAgentsOnly?: boolean;
  readonly label?: string;
  readonly projectId?: string;
  readonly workspaceDir?: string;
  readonly group?: string;
  readonly pinned?: boolean;
  readonly boardFace?: "chat" | "dashboard";
  readonly hasBoard?: boolean;
  readonly creatorId?: string;
  readonly ownerId?: string;
  readonly involvingProfileId?: string;
  readonly spawnedBy?: string;
  readonly agentId?: string;
  readonly search?: string;
  readonly archived?: boolean | "all";
}

export interface ListContext {
  readonly now: number;
  readonly defaultAgentId: string;
  isConfigured(agentId: string): boolean;
  /** `provider/model` of a session. */
  modelOf(entry: Entry): string;
  isActive(key: string): boolean;
}

export const LIST_LIMIT_DEFAULT = 100;

type Predicate = (entry: Entry) => boolean;

type Maker = NonNullable<Entry["createdActor"]>;

export interface ListPage {
  readonly entries: readonly Entry[];
  readonly total: number;
  readonly limit: number;
  readonly nextOffset: number | null;
  /** Who made what matches, on this page or not. */
  readonly makers: readonly Maker[];
}

/** One page, in order. Every page of a walk comes from the same order, so each session is seen once, see [SE9]. */
export function listPage(roster: Roster, query: ListQuery, context: ListContext): ListPage {
  const wanted = predicates(query, context);
  const matching = roster.newestFirst().filter((entry) => wanted.every((matches) => matches(entry)));
  const ordered = order(matching, query.sortBy ?? "updatedAt");
  const limit = query.limit ?? LIST_LIMIT_DEFAULT;
  const offset = query.offset ?? 0;
  const entries = ordered.slice(offset, offset + limit);
  const end = offset + entries.length;
  return {
    entries,
    total: ordered.length,
    limit,
    nextOffset: end < ordered.length && entries.length > 0 ? end : null,
    makers: roster.makers().filter(({ id }) => matching.some(({ createdActor }) => createdActor?.id === id)),
  };
}

/** Pinned sessions come first, unless the newest activity is what was asked for. */
function order(entries: readonly Entry[], sortBy: NonNullable<ListQuery["sortBy"]>): readonly Entry[] {
  if (sortBy === "updatedAt") {
    const pinned = entries.filter((entry) => entry.pinnedAt !== undefined);
    if (pinned.length === 0) return entries;
    pinned.sort((left, right) => (right.pinnedAt ?? 0) - (left.pinnedAt ?? 0));
    return [...pinned, ...entries.filter((entry) => entry.pinnedAt === undefined)];
  }
  const time = sortBy === "activity" ? activityOf : (entry: Entry) => entry.lastInteractionAt ?? 0;
  const isPinnedFirst = sortBy === "lastInteractionAt";
  const rank = (entry: Entry) => (isPinnedFirst && entry.pinnedAt !== undefined ? 1 : 0);
  return entries.toSorted(
    (left, right) => rank(right) - rank(left) || time(right) - time(left) || compareText(left.key, right.key),
  );
}

function activityOf(entry: Entry): number {
  const heard = Math.max(entry.lastActivityAt ?? 0, entry.lastInteractionAt ?? 0);
  return heard > 0 ? heard : entry.updatedAt;
}

function predicates(query: ListQuery, context: ListContext): readonly Predicate[] {
  return [
    ...kinds(query),
    ...archive(query.archived),
    ...activity(query, context),
    ...members(query),
    ...agents(query, context),
    ...search(query.search, context),
  ];
}

function kinds(query: ListQuery): Predicate[] {
  const hidden = new Set<string>();
  if (!query.includeGlobal) hidden.add(GLOBAL_KEY);
  if (!query.includeUnknown) hidden.add(UNKNOWN_KEY);
  const classes = new Set<string>();
  if (query.excludeSubagents) classes.add("subagent").add("acp");
  if (query.excludeCron) classes.add("cron");
  return [
    (entry) => !hidden.has(entry.key),
    ...(classes.size === 0
      ? []
      : [(entry: Entry) => !classes.has(keyFacts(entry.key, entry.agentId).classification)]),
  ];
}

function archive(archived: ListQuery["archived"]): Predicate[] {
  if (archived === "all") return [];
  return [(entry) => (entry.archivedAt !== undefined) === (archived ?? false)];
}

function activity(query: ListQuery, context: ListContext): Predicate[] {
  const found: Predicate[] = [];
  if (query.activeMinutes !== undefined) {
    const since = context.now - query.activeMinutes * 60_000;
    found.push((entry) => (query.sortBy === "activity" ? activityOf(entry) : entry.updatedAt) >= since);
  }
  if (query.activeOnly) found.push((entry) => context.isActive(entry.key));
  if (query.requireLastInteraction) found.push((entry) => entry.lastInteractionAt !== undefined);
  return found;
}

export function isUnder(entry: Entry, key: string): boolean {
  return entry.spawnedBy === key || entry.parentSessionKey === key;
}

function members(query: ListQuery): Predicate[] {
  const found: Predicate[] = [];
  const { label, group, pinned, boardFace, spawnedBy } = query;
  if (label !== undefined) found.push((entry) => entry.label === label);
  if (group !== undefined) found.push((entry) => (entry.category ?? "") === group);
  if (pinned !== undefined) found.push((entry) => (entry.pinnedAt !== undefined) === pinned);
  if (boardFace !== undefined) found.push((entry) => (entry.boardFace ?? "chat") === boardFace);
  if (spawnedBy !== undefined) {
    found.push((entry) => isUnder(entry, spawnedBy));
  }
  const { creatorId, ownerId, involvingProfileId } = query;
  if (creatorId !== undefined) found.push((entry) => entry.createdActor?.id === creatorId);
  if (ownerId !== undefined) found.push((entry) => ownerOf(entry)?.id === ownerId);
  if (involvingProfileId !== undefined) found.push((entry) => isInvolved(entry, involvingProfileId));
  // Nobody boarded a session here, and none is bound to a project: these ask for what is not there.
  const isForNobody = query.projectId ?? query.workspaceDir;
  if (isForNobody !== undefined || query.hasBoard === true) found.push(() => false);
  return found;
}

function agents(query: ListQuery, context: ListContext): Predicate[] {
  const found: Predicate[] = [];
  if (query.agentId !== undefined) {
    const agentId = query.agentId.toLowerCase();
    found.push((entry) => entry.agentId === agentId);
  }
  if (query.configuredAgentsOnly) found.push((entry) => context.isConfigured(entry.agentId));
  return found;
}

/** The text must stand somewhere in the key, the id or a name, in whatever case. */
function search(text: string | undefined, context: ListContext): Predicate[] {
  const wanted = text?.trim().toLowerCase() ?? "";
  if (wanted === "") return [];
  const has = (part: string | undefined) => part?.toLowerCase().includes(wanted) === true;
  return [
    (entry) =>
      has(entry.key) ||
      has(entry.sessionId) ||
      has(entry.label) ||
      has(entry.autoLabel) ||
      has(entry.category) ||
      has(context.modelOf(entry)) ||
      // What follows from the key is looked at last: it costs most.
      has(displayNameOf(entry, keyFacts(entry.key, context.defaultAgentId).displayName)),
  ];
}

import type { Json, SessionRow, SessionsPage } from "../../../schemas/shapes/session.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { Prepared } from "../../platform/prepared.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import type { Viewer } from "./index.ts";
import { keyFacts } from "./keys.ts";
import { isUnder, type ListPage, type ListQuery, listPage } from "./list.ts";
import { storePath } from "./paths.ts";
import { actorOf } from "./people.ts";
import { AUTO_RUNTIME, displayNameOf } from "./row.ts";
import { RowTexts } from "./row-texts.ts";
import { type AgentSummary, createSummaries } from "./summary.ts";
import { messageText, shorten } from "./text.ts";

const PREVIEW_ITEMS_DEFAULT = 12;
const PREVIEW_CHARACTERS_DEFAULT = 240;
const SEARCH_RESULTS_DEFAULT = 10;
const SEARCHED = { includeActivitySummary: true };

/** What a list shows of each session beside the row itself. */
export interface ListEnrichment {
  readonly includeDerivedTitles?: boolean;
  readonly includeLastMessage?: boolean;
  readonly includeActivitySummary?: boolean;
}

export interface ResolveQuery {
  readonly key?: string;
  readonly sessionId?: string;
  readonly label?: string;
  readonly shortId?: string;
  readonly reference?: { readonly key: string };
  readonly agentId?: string;
  readonly spawnedBy?: string;
  readonly allowMissing?: boolean;
}

export interface SearchQuery {
  readonly query: string;
  readonly limit?: number;
  readonly agentId?: string;
  readonly sessionKeys?: readonly string[];
  readonly scope?: ListQuery;
}

interface Resolved {
  ok: boolean;
  key?: string;
  agentId?: string;
  displayName?: string;
}

interface Preview {
  key: string;
  status: string;
  items: { role: string; text: string }[];
}

interface SearchResult {
  sessionKey: string;
  sessionId: string;
  messageId: string;
  role: string;
  timestamp: number;
  snippet: string;
  score: number;
}

/** Everything that only reads. The answers are the wire's own. */
export interface Listing {
  list(
    query: ListQuery & ListEnrichment & { includePeople?: boolean },
    viewer: Viewer,
  ): Promise<SessionsPage>;
  /** The same, encoded. */
  listText(
    query: ListQuery & ListEnrichment & { includePeople?: boolean },
    viewer: Viewer,
  ): Promise<Prepared<SessionsPage>>;
  describe(key: string, enrichment: ListEnrichment, viewer: Viewer): Promise<SessionRow | null>;
  resolve(query: ResolveQuery): Promise<Resolved>;
  preview(keys: readonly string[], limits: { limit?: number; maxChars?: number }): Promise<Preview[]>;
  search(
    query: SearchQuery,
    viewer?: Viewer,
  ): Promise<{ results: SearchResult[]; sessions?: SessionRow[]; truncated?: true }>;
  /** How many sessions an agent has, and which changed last. */
  summary(agentId: string): Promise<AgentSummary & { readonly at: number }>;
  /** The answer of `sessions.storage.status`. */
  storage(): Promise<Json>;
}

/** What sessions begin with. Of an agent that nobody set up nothing is known of the model: it may think. */
export function defaultsOf(context: SessionContext, agentId?: string): Json {
  const { agents, models } = context.parts;
  const facts = models.of(agentId?.toLowerCase() ?? agents.defaultId);
  return {
    modelProvider: facts.modelProvider,
    model: facts.model,
    contextTokens: facts.contextTokens ?? null,
    agentRuntime: AUTO_RUNTIME,
    thinkingLevels: facts.thinkingLevels,
    thinkingOptions: facts.thinkingLevels.map((level) => level.id),
    thinkingDefault: facts.thinkingDefault,
    modelSelectionTarget: "session",
  };
}

export function createListing(context: SessionContext): Listing {
  const { roster, agents, activity, store, stateDir } = context.parts;

  /** The one store that could hold all that was asked for, or the word for several. */
  const pathOf = (query: ListQuery): string => {
    const known = roster.agentIds();
    const only = query.agentId?.toLowerCase() ?? (known.size === 1 ? [...known][0] : undefined);
    return only !== undefined && known.has(only) ? storePath(stateDir, only) : "(multiple)";
  };

  const listContext = () => ({
    now: context.now(),
    defaultAgentId: agents.defaultId,
    isConfigured: (agentId: string) => agents.get(agentId) !== undefined,
    modelOf: (entry: Entry) => {
      const { modelProvider, model } = context.parts.models.of(entry.agentId, entry);
      return `${modelProvider}/${model}`;
    },
    isActive: (key: string) => activity.activeRunIds(key).length > 0,
  });

  const texts = new RowTexts(context);
  const summaryOf = createSummaries(roster);
  const viewOf = (query: ListEnrichment, viewer: Viewer) => ({
    sharingRole: context.roleOf(viewer),
    withTitle: query.includeDerivedTitles ?? false,
    withLastMessage: query.includeLastMessage ?? false,
    withSummary: query.includeActivitySummary ?? false,
  });

  const rowsOf = (entries: readonly Entry[], view: ReturnType<typeof viewOf>): SessionRow[] =>
    entries.map((entry) => context.row(entry, { ...view, activity: context.activityOf(entry) }));

  /** A page without its rows. */
  const frameOf = (query: ListQuery & { readonly includePeople?: boolean }, page: ListPage) => {
    const offset = query.offset ?? 0;
    return {
      ts: context.now(),
      path: pathOf(query),
      count: page.entries.length,
      totalCount: page.total,
      limitApplied: page.limit,
      ...(offset > 0 ? { offset } : {}),
      nextOffset: page.nextOffset,
      hasMore: page.nextOffset !== null,
      owners: page.makers.map(actorOf),
      ...(query.includePeople ? { people: [], peopleIncomplete: false, peopleSessionCount: page.total } : {}),
      defaults: defaultsOf(context, query.agentId),
    };
  };

  return {
    async list(query, viewer) {
      await context.ready();
      const page = listPage(roster, query, listContext());
      return { ...frameOf(query, page), sessions: rowsOf(page.entries, viewOf(query, viewer)) };
    },
    async listText(query, viewer) {
      await context.ready();
      const page = listPage(roster, query, listContext());
      const head = JSON.stringify(frameOf(query, page)).slice(0, -1);
      const rows = texts.list(page.entries, viewOf(query, viewer));
      return new Prepared([Buffer.from(`${head},"sessions":`), ...rows, Buffer.from("}")]);
    },
    async describe(key, enrichment, viewer) {
      const entry = await context.get(key);
      if (entry === undefined) return null;
      return context.row(entry, {
        sharingRole: context.roleOf(viewer),
        withTitle: enrichment.includeDerivedTitles ?? false,
        withLastMessage: enrichment.includeLastMessage ?? false,
        withSummary: true,
      });
    },
    async summary(agentId) {
      await context.ready();
      return { ...summaryOf(agentId), at: context.now() };
    },
    async storage() {
      await context.ready();
      const perAgent = new Map<string, number>();
      for (const { agentId } of roster.values()) perAgent.set(agentId, (perAgent.get(agentId) ?? 0) + 1);
      const databaseBytes = await store.sizeBytes();
      return {
        agents: [...perAgent].map(([agentId, hotTranscripts]) => ({
          agentId,
          storePath: storePath(stateDir, agentId),
          hotTranscripts,
          coldTranscripts: 0,
          embeddedArchiveBytes: 0,
          databaseBytes,
          walBytes: 0,
          archiveBytes: 0,
        })),
        maintenance: {
          running: false,
          lastStartedAt: null,
          lastCompletedAt: null,
          lastError: null,
          archivedTranscripts: 0,
          externalizedTranscripts: 0,
        },
      };
    },
    async resolve(query) {
      await context.ready();
      const found = find(context, query);
      if (found === undefined) {
        if (query.allowMissing) return { ok: false };
        throw invalidRequest(missingText(query));
      }
      const name = displayNameOf(found, keyFacts(found.key, agents.defaultId).displayName);
      const isLink = query.reference !== undefined || query.shortId !== undefined;
      const named = isLink && name !== undefined ? { displayName: name } : {};
      return { ok: true, key: found.key, agentId: found.agentId, ...named };
    },
    async preview(keys, limits) {
      await context.ready();
      const limit = limits.limit ?? PREVIEW_ITEMS_DEFAULT;
      const characters = limits.maxChars ?? PREVIEW_CHARACTERS_DEFAULT;
      const previewOf = async (reference: string): Promise<Preview> => {
        const entry = roster.get(context.canonical(reference));
        if (entry === undefined) return { key: reference, status: "missing", items: [] };
        const records = await store.page(entry.transcriptId, limit);
        const items = records
          .map(({ message }) => ({
            role: message.role === "toolResult" ? "tool" : message.role,
            text: shorten(messageText(message).trim(), characters),
          }))
          .filter((item) => item.text !== "");
        return { key: reference, status: items.length === 0 ? "empty" : "ok", items };
      };
      return Promise.all(keys.map(previewOf));
    },
    async search(query, viewer = { scopes: [] }) {
      await context.ready();
      const match = toMatch(query.query);
      if (match === "") return { results: [] };
      // Who searches a list is shown the rows of it in which something was found.
      const foundIn = (results: readonly SearchResult[]) => {
        const keys = [...new Set(results.map(({ sessionKey }) => sessionKey))];
        return rowsOf(
          keys.flatMap((key) => roster.get(key) ?? []),
          viewOf(SEARCHED, viewer),
        );
      };
      const among = searchable(context, query, listContext());
      const byTranscript = new Map(among.map((entry) => [entry.transcriptId, entry]));
      const limit = query.limit ?? SEARCH_RESULTS_DEFAULT;
      const hits = await store.search(match, [...byTranscript.keys()], limit + 1);
      const results = hits.slice(0, limit).flatMap((hit): SearchResult[] => {
        const entry = byTranscript.get(hit.transcriptId);
        if (entry === undefined) return [];
        return [
          {
            sessionKey: entry.key,
            sessionId: entry.sessionId,
            messageId: hit.record.id,
            role: hit.record.message.role,
            timestamp: hit.record.recordedAt,
            snippet: hit.snippet.trim(),
            score: hit.score,
          },
        ];
      });
      return {
        results,
        ...(query.scope === undefined ? {} : { sessions: foundIn(results) }),
        ...(hits.length > limit ? { truncated: true as const } : {}),
      };
    },
  };
}

function find(context: SessionContext, query: ResolveQuery): Entry | undefined {
  const { roster } = context.parts;
  const { key, sessionId, label, shortId, reference } = query;
  const given = [key, sessionId, label, shortId, reference].filter((one) => one !== undefined);
  if (given.length === 0) {
    throw invalidRequest("Either key, sessionId, label, shortId, or reference is required");
  }
  if (given.length > 1) {
    throw invalidRequest("Provide either key, sessionId, label, shortId, or reference (not multiple)");
  }
  if (key !== undefined) return roster.get(context.canonical(key, query.agentId));
  if (reference !== undefined) return roster.get(context.canonical(reference.key, query.agentId));
  if (sessionId !== undefined) return roster.find((entry) => entry.sessionId === sessionId);
  if (label !== undefined) {
    const owner = query.agentId?.toLowerCase();
    return roster.find(
      (entry) =>
        entry.label === label &&
        (owner === undefined || entry.agentId === owner) &&
        (query.spawnedBy === undefined || isUnder(entry, query.spawnedBy)),
    );
  }
  const short = shortId?.toLowerCase() ?? "";
  if (!/^[0-9a-f]{8,32}$/.test(short)) throw invalidRequest("shortId must be 8-32 hexadecimal characters");
  // Links of the Control UI end in the beginning of the id that a session's key ends in.
  const owner = query.agentId?.toLowerCase();
  return roster.find(
    (entry) => shortIdOf(entry.key).startsWith(short) && (owner === undefined || entry.agentId === owner),
  );
}

/** The id that a key ends in, without its dashes; empty for a key that was chosen. */
function shortIdOf(key: string): string {
  const [id = ""] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(key) ?? [];
  return id.replaceAll("-", "");
}

function missingText(query: ResolveQuery): string {
  if (query.label !== undefined) return `No session found with label: ${query.label}`;
  const asked = query.key ?? query.sessionId ?? query.shortId ?? query.reference?.key ?? "";
  return `No session found: ${asked}`;
}

function searchable(
  context: SessionContext,
  query: SearchQuery,
  listContext: Parameters<typeof listPage>[2],
): readonly Entry[] {
  const { roster } = context.parts;
  const scope: ListQuery = query.scope ?? { archived: "all", includeGlobal: true, includeUnknown: true };
  const limit = Number.MAX_SAFE_INTEGER;
  const agent = query.agentId === undefined ? {} : { agentId: query.agentId };
  const { entries } = listPage(roster, { ...scope, ...agent, limit, offset: 0 }, listContext);
  if (query.sessionKeys === undefined) return entries;
  const keys = new Set(query.sessionKeys.map((key) => context.canonical(key, query.agentId)));
  return entries.filter((entry) => keys.has(entry.key));
}

/** Every word, as a literal: the index's own operators stay out of a client's reach. */
function toMatch(text: string): string {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.map((word) => `"${word}"`).join(" ");
}

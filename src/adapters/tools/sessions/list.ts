import { Arguments, answered } from "../arguments.ts";
import type { DeferredTool } from "../deferred-tool.ts";
import { answer, QUIET } from "./answer.ts";
import { AGENT_VIEWER, type SessionToolParts } from "./parts.ts";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;
const RESULTS_DEFAULT = 10;
const RESULTS_MAX = 25;

const within = (given: number | undefined, byDefault: number, most: number): number =>
  Math.max(1, Math.min(Math.trunc(given ?? byDefault), most));

export function listTool({ sessions }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "sessions_list",
    label: "Session List",
    description: "Lists the sessions of this agent, the latest first, with their state and model.",
    parameters: {
      type: "object",
      properties: {
        limit: { type: "integer", minimum: 1, maximum: LIMIT_MAX },
        activeMinutes: { type: "integer", minimum: 1 },
        search: { type: "string" },
        archived: { type: "boolean" },
      },
    },
    describe: (given) => new Arguments(given).text("search"),
    run: (given, context) =>
      answered("sessions_list", async () => {
        const args = new Arguments(given);
        const limit = within(args.number("limit"), LIMIT_DEFAULT, LIMIT_MAX);
        const activeMinutes = args.number("activeMinutes");
        const search = args.text("search");
        const page = await sessions.listing.list(
          {
            limit,
            agentId: context.agentId,
            archived: args.flag("archived"),
            ...(activeMinutes === undefined ? {} : { activeMinutes }),
            ...(search === undefined ? {} : { search }),
          },
          AGENT_VIEWER,
        );
        const rows = page.sessions.map(rowOf);
        return answer({ count: rows.length, sessions: rows, hasMore: page.hasMore, limitApplied: limit });
      }),
  };
}

/** What a model needs of a row: which session it is, and how it stands. */
function rowOf(row: Readonly<Record<string, unknown>>) {
  const { key, sessionId, agentId, isMain, archived, pinned, displayName, label, updatedAt } = row;
  const shown = {
    key,
    sessionId,
    agentId,
    kind: isMain === true ? "main" : "other",
    channel: "unknown",
    archived,
    pinned,
    label,
    displayName,
    updatedAt,
  };
  const { model, contextTokens, totalTokens, status, abortedLastRun, spawnedBy } = row;
  return { ...shown, model, contextTokens, totalTokens, status, abortedLastRun, spawnedBy };
}

export function searchTool({ sessions }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "sessions_search",
    label: "Sessions Search",
    description:
      "Finds what was said in past sessions. sessions_history shows what stood around a message that was found.",
    parameters: {
      type: "object",
      required: ["query"],
      properties: {
        query: { type: "string" },
        limit: { type: "integer", minimum: 1, maximum: RESULTS_MAX },
        sessionKey: { type: "string" },
      },
    },
    describe: (given) => new Arguments(given).text("query"),
    run: (given, context) =>
      answered("sessions_search", async () => {
        const args = new Arguments(given);
        const only = args.text("sessionKey");
        const results = await sessions.listing.search({
          query: args.requiredText("query"),
          limit: within(args.number("limit"), RESULTS_DEFAULT, RESULTS_MAX),
          agentId: context.agentId,
          ...(only === undefined ? {} : { sessionKeys: [sessions.canonicalKey(only, context.agentId)] }),
        });
        return answer({ results });
      }),
  };
}

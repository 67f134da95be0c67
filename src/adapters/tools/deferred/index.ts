import { checkArguments, type Tool, type ToolResult } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import type { Directory } from "./directory.ts";

export { createDirectory } from "./directory.ts";

const QUERIES_MAX = 16;
const RESULTS_MAX = 50;
const QUERY_BYTES_MAX = 512;

const quiet = { isCommandBearing: false, isInOrder: false };
const said = (value: unknown): ToolResult => ({
  text: JSON.stringify(value, null, 2),
  isError: false,
  details: value,
});
const TOOL_ID = { type: "string", description: "A tool's name, or its id from a search." };

/** The three tools through which all the others are found and used. */
export function directoryTools(directory: Directory): readonly Tool[] {
  return [
    {
      ...quiet,
      name: "tool_search",
      description:
        "Finds tools that are not offered directly. Say in a few English words what is to be done; the answer lists what fits, the best first, with the arguments it takes.",
      parameters: SEARCH_PARAMETERS,
      describe: (given) => queriesOf(new Arguments(given))[0]?.query,
      run: (given) =>
        answered("tool_search", async () => {
          const args = new Arguments(given);
          const queries = queriesOf(args);
          const [only] = queries;
          if (only === undefined) throw new Error("query or queries required");
          checkSize(queries);
          const found = queries.map(({ query, limit }) => ({
            query,
            results: directory.search(query, limit),
          }));
          return said(args.list("queries").length === 0 ? found[0]?.results : found);
        }),
    },
    {
      ...quiet,
      name: "tool_describe",
      description: "Shows the description and the full argument schema of one tool.",
      parameters: { type: "object", required: ["id"], properties: { id: TOOL_ID } },
      describe: (given) => new Arguments(given).text("id"),
      run: (given) =>
        answered("tool_describe", async () =>
          said(directory.describe(new Arguments(given).requiredText("id"))),
        ),
    },
    {
      name: "tool_call",
      description: "Uses a tool that is not offered directly.",
      parameters: {
        type: "object",
        required: ["id"],
        properties: {
          id: TOOL_ID,
          args: {
            type: "object",
            patternProperties: { "^.*$": {} },
            description: "The arguments of that tool.",
          },
        },
      },
      isCommandBearing: false,
      isInOrder: true,
      describe: (given) => new Arguments(given).text("id"),
      run: (given, context) =>
        answered("tool_call", async () => {
          const args = new Arguments(given);
          const tool = directory.find(args.requiredText("id"));
          context.onNested?.(tool.name);
          const checked = checkArguments(tool, args.record("args"));
          if ("refused" in checked) return checked.refused;
          const result = await tool.run(checked.args, context);
          if (result.isError) return result;
          const { details = {}, clientCall } = result;
          const isOver = clientCall === undefined ? {} : { terminate: true };
          const answer = { content: [{ type: "text", text: result.text }], details, ...isOver };
          const told = said({ tool: directory.identity(tool), result: answer });
          return clientCall === undefined ? told : { ...told, clientCall };
        }),
    },
  ];
}

function queriesOf(args: Arguments): readonly { query: string; limit?: number }[] {
  const toQuery = (given: Arguments) => {
    const query = given.text("query")?.trim() ?? "";
    const limit = given.number("limit");
    const bounded =
      limit === undefined ? {} : { limit: Math.max(1, Math.min(Math.trunc(limit), RESULTS_MAX)) };
    return query === "" ? [] : [{ query, ...bounded }];
  };
  return [args, ...args.list("queries").map((one) => new Arguments(one))].flatMap(toQuery);
}

function checkSize(queries: readonly { query: string }[]): void {
  if (queries.length > QUERIES_MAX) throw new Error(`at most ${QUERIES_MAX} queries`);
  const bytes = Buffer.byteLength(JSON.stringify(queries.map(({ query }) => query)));
  if (bytes > QUERY_BYTES_MAX) throw new Error(`queries may have ${QUERY_BYTES_MAX} bytes in total`);
}

const nullable = (schema: Readonly<Record<string, unknown>>, description: string) => ({
  anyOf: [schema, { type: "null" }],
  description,
});

const SEARCH_PARAMETERS = {
  type: "object",
  properties: {
    query: nullable({ type: "string" }, "What is looked for."),
    limit: nullable({ type: "integer", minimum: 1 }, "The most results for `query`."),
    queries: nullable(
      {
        type: "array",
        items: {
          type: "object",
          required: ["query"],
          properties: {
            query: { type: "string", minLength: 1, maxLength: QUERY_BYTES_MAX },
            limit: { type: "integer", minimum: 1 },
          },
        },
        maxItems: QUERIES_MAX,
      },
      "Several searches at once.",
    ),
  },
};

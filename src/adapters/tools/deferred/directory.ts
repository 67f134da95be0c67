import type { DeferredTool } from "../deferred-tool.ts";
import { signatureOf } from "./signature.ts";

const RESULTS_DEFAULT = 8;

/** The tools that a turn may use beside those it was offered. */
export function createDirectory(tools: readonly DeferredTool[]) {
  const find = (id: string): DeferredTool => {
    const found = tools.find((tool) => tool.name === id || idOf(tool) === id);
    if (found !== undefined) return found;
    throw new Error(
      `Unknown tool id: ${id}. Use tool_search to find a tool, tool_describe to inspect it, then tool_call with the exact id or name.`,
    );
  };
  return {
    find,
    identity: (tool: DeferredTool) => ({
      id: idOf(tool),
      name: tool.name,
      source: originOf(tool).source,
    }),
    describe(id: string) {
      const tool = find(id);
      return { ...headOf(tool), parameters: tool.parameters };
    },
    /** The best first. Words of the name count more than those of the description. */
    search(query: string, limit = RESULTS_DEFAULT) {
      const words = query
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((word) => word !== "");
      return tools
        .map((tool) => ({ tool, score: scoreOf(tool, words) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.tool.name.localeCompare(b.tool.name))
        .slice(0, limit)
        .map(({ tool }) => headOf(tool));
    },
  };
}

export type Directory = ReturnType<typeof createDirectory>;

const originOf = ({ source }: DeferredTool) =>
  source === undefined ? { source: "openclaw", sourceName: "core" } : { source, sourceName: source };

function idOf(tool: DeferredTool): string {
  const { source, sourceName } = originOf(tool);
  return `${source}:${sourceName}:${tool.name}`;
}

function headOf(tool: DeferredTool) {
  const { name, label, description } = tool;
  const input = signatureOf(tool.parameters);
  return { id: idOf(tool), ...originOf(tool), name, label, description, input };
}

function scoreOf({ name, label, description }: DeferredTool, words: readonly string[]): number {
  const [title, text] = [`${name} ${label}`.toLowerCase(), description.toLowerCase()];
  const stem = (word: string) => (word.length > 3 ? word.replace(/s$/, "") : word);
  return words
    .map(stem)
    .reduce((sum, word) => sum + (title.includes(word) ? 3 : 0) + (text.includes(word) ? 1 : 0), 0);
}

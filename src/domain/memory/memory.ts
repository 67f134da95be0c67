import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Agent } from "../agents/index.ts";
import { dayOf, listMemoryFiles, readChunks } from "./corpus.ts";

/** A piece of a memory file that is found as one. */
export interface MemoryChunk {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** What the index holds of one agent: pieces by file, with the mark of the file they were read from. */
export interface MemoryTexts {
  /** The marks of the files that are indexed. */
  marks(agentId: string): ReadonlyMap<string, string>;
  put(agentId: string, file: string, mark: string, chunks: readonly MemoryChunk[]): void;
  drop(agentId: string, file: string): void;
  /** The best pieces that hold all of the words, or any of them; `weight` is between 0 and 1. */
  find(
    agentId: string,
    words: readonly string[],
    mode: "all" | "any",
    limit: number,
  ): readonly (MemoryChunk & { readonly file: string; readonly weight: number })[];
}

/** Made at the first search: most gateways are never asked. */
export type MemoryIndex = () => Promise<MemoryTexts>;

export interface MemoryHit {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
  readonly textScore: number;
  readonly snippet: string;
  readonly source: "memory";
  readonly provenance: {
    readonly originClass: "agent";
    readonly sessionKind: "unknown";
    readonly observedAt: number;
  };
}

/** What agents wrote down to remember, found by its words. */
export interface Memory {
  search(agent: Agent, query: string): Promise<readonly MemoryHit[]>;
}

const HITS_MAX = 6;
const SNIPPET_CHARS_MAX = 700;
const WORDS_MAX = 32;
/** What was noted this long ago counts half; what was kept does not age. */
const HALF_LIFE_MS = 30 * 24 * 60 * 60 * 1_000;
/** Words that say nothing about what is looked for, when not all words are found together. */
const EMPTY_WORDS = new Set(
  "a an and are at be by did do does for from has have how i in is it my of on or that the this to was what when where which who why will with you your".split(
    " ",
  ),
);

export function createMemory({
  index,
  clock,
}: {
  readonly index: MemoryIndex;
  readonly clock: Clock;
}): Memory {
  return {
    async search(agent, query) {
      const texts = await index();
      const modified = await refresh(texts, agent);
      const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_]+/gu))].slice(0, WORDS_MAX);
      if (words.length === 0) return [];
      const meant = words.filter((word) => !EMPTY_WORDS.has(word));
      const all = texts.find(agent.id, words, "all", POLICY.memoryHitsMax);
      const found =
        all.length > 0
          ? all
          : texts.find(agent.id, meant.length > 0 ? meant : words, "any", POLICY.memoryHitsMax);
      return found
        .map(({ file, startLine, endLine, text, weight }) => ({
          path: file,
          startLine,
          endLine,
          score: agedScore(file, clock.now()),
          textScore: weight,
          snippet: text.slice(0, SNIPPET_CHARS_MAX),
          source: "memory" as const,
          provenance: {
            originClass: "agent" as const,
            sessionKind: "unknown" as const,
            observedAt: modified.get(file) ?? 0,
          },
        }))
        .toSorted((a, b) => b.score - a.score || b.textScore - a.textScore)
        .slice(0, HITS_MAX);
    },
  };
}

/** Brings the index up to what lies in the workspace now. */
async function refresh(texts: MemoryTexts, agent: Agent): Promise<ReadonlyMap<string, number>> {
  const files = await listMemoryFiles(agent.workspace);
  const marks = texts.marks(agent.id);
  for (const file of files) {
    const mark = `${file.modifiedMs}:${file.bytes}`;
    if (marks.get(file.path) === mark) continue;
    texts.put(agent.id, file.path, mark, await readChunks(agent.workspace, file));
  }
  const here = new Set(files.map((file) => file.path));
  for (const file of marks.keys()) if (!here.has(file)) texts.drop(agent.id, file);
  return new Map(files.map((file) => [file.path, file.modifiedMs]));
}

function agedScore(file: string, now: number): number {
  const day = dayOf(file);
  const ageMs = day === undefined ? 0 : now - Date.parse(day);
  return ageMs > 0 ? 2 ** (-ageMs / HALF_LIFE_MS) : 1;
}

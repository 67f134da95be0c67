import { mask } from "./mask.ts";
import type { Finding, HouseRule, Tree } from "./tree.ts";
import { findings, isCode, isGenerated, isTest } from "./tree.ts";

/** The formatter breaks code at 110; what it leaves longer is prose or data, and prose gets a little more. */
const COLUMNS_MAX = 120;

/** What only `src/platform` may touch, and what everybody else uses instead. */
const BANNED: readonly { readonly pattern: RegExp; readonly use: string }[] = [
  { pattern: /\bDate\.now\b/g, use: "`clock.now` (src/platform/clock.ts)" },
  { pattern: /\bnew Date\(\s*\)/g, use: "`new Date(clock.now())` (src/platform/clock.ts)" },
  { pattern: /\bMath\.random\b/g, use: "`Ids` (src/platform/ids.ts)" },
  { pattern: /(?<![.\w])setTimeout\b/g, use: "`clock.after` or `pause` (src/platform/clock.ts)" },
  { pattern: /(?<![.\w])setInterval\b/g, use: "`clock.every` (src/platform/clock.ts)" },
  { pattern: /\b(?:crypto\.)?randomUUID\b/g, use: "`ids.uuid` (src/platform/ids.ts)" },
];

/** Where text from outside is decoded; `JSON.parse` returns any and throws, so it stays at these borders. */
const JSON_BORDERS = /^src\/(frames|store|platform|testing|domain\/config)\//;

function eachFile(tree: Tree, select: (path: string) => boolean, check: FileCheck): Finding[] {
  return [...tree].flatMap(([path, text]) => (select(path) && !isGenerated(path) ? check(path, text) : []));
}
type FileCheck = (path: string, text: string) => readonly Finding[];

const isPlayer = (path: string): boolean => path.startsWith("src/") && isCode(path);
const isPlayerProduct = (path: string): boolean =>
  isPlayer(path) && !isTest(path) && !path.startsWith("src/testing/");

export const codeRules: readonly HouseRule[] = [
  {
    name: "time and randomness come from src/platform",
    check: (tree) =>
      eachFile(
        tree,
        (path) => isPlayer(path) && !/^src\/(platform|testing)\//.test(path),
        (path, text) => {
          const { code } = mask(text);
          return BANNED.flatMap(({ pattern, use }) =>
            findings(path, code, pattern, ([found]) => `${found}: use ${use}`),
          );
        },
      ),
  },
  {
    name: "JSON.parse stays at the borders",
    check: (tree) =>
      eachFile(
        tree,
        (path) => isPlayerProduct(path) && !JSON_BORDERS.test(path),
        (path, text) =>
          findings(
            path,
            mask(text).code,
            /\bJSON\.parse\b/g,
            () =>
              "JSON.parse: use `parseJson` (src/platform/json.ts), which returns unknown and never throws",
          ),
      ),
  },
  {
    name: "no module-level mutable state in the player",
    check: (tree) =>
      eachFile(tree, isPlayerProduct, (path, text) =>
        findings(
          path,
          mask(text).code,
          /^(?:export )?(?:let|var) \w+/gm,
          ([found]) => `${found}: two gateways run in one process; keep it in the factory's closure`,
        ),
      ),
  },
  {
    name: "a TODO names its issue",
    check: (tree) =>
      eachFile(tree, isCode, (path, text) =>
        findings(
          path,
          mask(text).comments,
          /\b(?:TODO(?!\(#\d+\): \S)|FIXME|XXX|HACK)\b/g,
          ([found]) => `${found}: write it as TODO(#123): what is missing`,
        ),
      ),
  },
  {
    name: "no commented-out code",
    check: (tree) =>
      eachFile(tree, isCode, (path, text) =>
        findings(
          path,
          mask(text).comments,
          /^\s*\/\/ ?\s*(?:(?:const|let|import|export|return|await|if|for|throw)\b.*[;{]|[\w.]+\(.*\);|\}[;,)]*)$/gm,
          () => "commented-out code: git remembers it",
        ),
      ),
  },
  {
    name: "a silenced check says why",
    check: (tree) =>
      eachFile(tree, isCode, (path, text) => [
        ...findings(
          path,
          mask(text).comments,
          /\b(?:oxlint|eslint)-disable(?:-next-line|-line)?(?![^\n]*\s[\w/@-]+[^\n]* -- \S)/g,
          ([found]) => `${found}: name the rule and give the reason after --`,
        ),
        ...findings(
          path,
          mask(text).comments,
          /@ts-(?:ignore|nocheck|expect-error(?! \S))/g,
          ([found]) => `${found}: only @ts-expect-error, with its reason behind it`,
        ),
      ]),
  },
  {
    name: "no focused or skipped tests",
    check: (tree) =>
      eachFile(tree, isTest, (path, text) =>
        findings(
          path,
          mask(text).code,
          /\b(?:test|it|describe)\.(?:only|skip|todo)\b/g,
          ([found]) => `${found}: a test that does not run proves nothing (test.skipIf says when it can)`,
        ),
      ),
  },
  {
    name: "no long lines",
    check: (tree) => eachFile(tree, isCode, longLines),
  },
];

/** A line may be longer by its literals: wire texts and patterns are data, and data is not broken. */
function longLines(path: string, text: string): Finding[] {
  const lines = text.split("\n");
  if (!lines.some((line) => line.length > COLUMNS_MAX)) return [];
  const literalLines = mask(text).literals.split("\n");
  return lines.flatMap((line, index) => {
    // From the first literal to the last: what a template substitutes belongs to it.
    const data = (literalLines[index] ?? "").trim().length;
    if (line.length <= COLUMNS_MAX || line.length - data <= COLUMNS_MAX / 2) return [];
    return [{ path, line: index + 1, message: `${line.length} columns; at most ${COLUMNS_MAX}` }];
  });
}

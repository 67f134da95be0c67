import { readFile } from "node:fs/promises";
import { IncludeError, resolveIncludes } from "./include.ts";
import { loadKeySpace } from "./keys.ts";
import { migrate } from "./migrate.ts";
import type { Environment } from "./paths.ts";
import { isRecord, type JsonRecord } from "./record.ts";
import { checkAcrossKeys } from "./rules.ts";
import type { ConfigIssue, Snapshot } from "./snapshot.ts";
import { substitute, withConfigVariables } from "./substitute.ts";
import { validate } from "./validate.ts";

export interface ReadOptions {
  readonly path: string;
  readonly env: Environment;
  readonly includeRoots: readonly string[];
}

/** JSON with comments, single quotes, bare keys and trailing commas. Plain JSON does not load the larger parser. */
export async function parseConfigText(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { default: JSON5 } = await import("json5");
    return JSON5.parse(text);
  }
}

/** Reads the file and all it includes. It never throws for what the file says: that stands in `issues`. */
export async function readSnapshot(options: ReadOptions): Promise<Snapshot> {
  let raw: string;
  try {
    raw = await readFile(options.path, "utf8");
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    const issues = isAbsent ? [] : [{ path: "", message: `read failed: ${String(error)}` }];
    return { ...EMPTY, path: options.path, exists: !isAbsent, issues };
  }
  return interpret(raw, options);
}

const EMPTY: Snapshot = {
  path: "",
  exists: false,
  raw: null,
  parsed: null,
  authored: {},
  source: {},
  includedPaths: [],
  origins: [],
  issues: [],
  warnings: [],
};

/** What the text of a configuration file means. */
export async function interpret(raw: string, options: ReadOptions): Promise<Snapshot> {
  const found: Snapshot = { ...EMPTY, path: options.path, exists: true, raw };
  let parsed: unknown;
  try {
    parsed = await parseConfigText(raw);
  } catch (error) {
    return { ...found, issues: [{ path: "", message: `JSON5 parse failed: ${String(error)}` }] };
  }
  try {
    const included = await resolveIncludes(parsed, options.path, options.includeRoots, parseConfigText);
    const checked = await checkValue(included.value, options.env);
    const { includedPaths, origins } = included;
    return { ...found, parsed, includedPaths, origins, ...checked };
  } catch (error) {
    if (!(error instanceof IncludeError)) throw error;
    return { ...found, parsed, issues: [{ path: "", message: error.message }] };
  }
}

export interface Checked {
  readonly authored: JsonRecord;
  readonly source: JsonRecord;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigIssue[];
}

/**
 * Holds a configuration, whose includes are resolved, against the key space and the rules. Values that were taken
 * back are read in a file, and refused in an edit.
 */
export async function checkValue(
  value: unknown,
  env: Environment,
  options: { readonly isEdit: boolean } = { isEdit: false },
): Promise<Checked> {
  const moved = isRecord(value) ? migrate(value, options) : { value, notes: [] };
  const { value: source, warnings } = substitute(moved.value, withConfigVariables(moved.value, env));
  const keys = await loadKeySpace({ extensions: false });
  const { issues, brokenSections } = validate(source, keys.schema, keys.resolve);
  const more = isRecord(source) ? checkAcrossKeys(source, keys.channels, brokenSections) : [];
  return {
    authored: isRecord(moved.value) ? moved.value : {},
    source: isRecord(source) ? source : {},
    issues: inSchemaOrder([...issues, ...more], Object.keys(keys.schema.properties ?? {})),
    warnings: [...moved.notes, ...warnings],
  };
}

/** Complaints follow the order of the sections; what concerns the whole file comes last. */
function inSchemaOrder(issues: readonly ConfigIssue[], sections: readonly string[]): ConfigIssue[] {
  const rank = ({ path }: ConfigIssue): number => {
    const index = sections.indexOf(path.split(".")[0] ?? "");
    return index < 0 ? sections.length : index;
  };
  return issues.toSorted((left, right) => rank(left) - rank(right));
}

/** The keys of a section below which nothing in a path needs quoting. */
const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

/** `models.providers.x.models[0].id`, `agents.entries["a b"]`, or `<root>`: a path for people. */
export function displayPath(path: string): string {
  if (path === "") return "<root>";
  return path
    .split(".")
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!PLAIN_KEY.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

const SHOWN_ISSUES_MAX = 3;

/** One line for a response or a log: the first complaints, and how many more there are. */
export function summarizeIssues(issues: readonly ConfigIssue[]): string {
  const shown = issues
    .slice(0, SHOWN_ISSUES_MAX)
    .map((issue) => `${displayPath(issue.path)}: ${issue.message}`)
    .join("; ");
  const more = issues.length - SHOWN_ISSUES_MAX;
  return more > 0 ? `${shown} (+${more} more issue${more > 1 ? "s" : ""})` : shown;
}

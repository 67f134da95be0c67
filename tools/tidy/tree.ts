import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** The text files of a checkout, path to content, with forward slashes and relative to the root. */
export type Tree = ReadonlyMap<string, string>;

/** One broken house rule at one place. */
export interface Finding {
  readonly path: string;
  /** 1 is the first line; 0 means the file as such. */
  readonly line: number;
  readonly message: string;
}

/** A house rule: all it knows is the tree, so that a test can hand it a planted one. */
export interface HouseRule {
  readonly name: string;
  readonly check: (tree: Tree) => readonly Finding[];
}

const SKIPPED_FOLDERS = new Set([".git", ".cache", "node_modules", "dist", "coverage"]);
const TEXT = new Set([".ts", ".mjs", ".json", ".jsonl", ".md", ".yaml", ".yml", ".html", ".svg", ""]);
const SKIPPED_FILES = new Set(["package-lock.json"]);

export function loadTree(root: string): Tree {
  const tree = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) visit(path);
      } else if (entry.isFile() && TEXT.has(extname(entry.name)) && !SKIPPED_FILES.has(entry.name)) {
        const text = readIfStillThere(join(root, path));
        if (text !== undefined) tree.set(path, text);
      }
    }
  };
  visit("");
  return tree;
}

/** A file may go between being listed and being read: an editor saves by renaming. */
function readIfStillThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

export const isCode = (path: string): boolean => /[.](ts|mjs)$/.test(path);
export const isGenerated = (path: string): boolean => /[.]gen[.]ts$/.test(path);
export const isTest = (path: string): boolean => /[.]test[.]ts$/.test(path);
export const isDocument = (path: string): boolean => path.endsWith(".md");

/** Every match of a global pattern, as a finding on its line. */
export function findings(
  path: string,
  text: string,
  pattern: RegExp,
  message: (match: RegExpMatchArray) => string,
): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({
    path,
    line: lineOf(text, match.index),
    message: message(match),
  }));
}

export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (
    let index = text.indexOf("\n");
    index !== -1 && index < offset;
    index = text.indexOf("\n", index + 1)
  ) {
    line += 1;
  }
  return line;
}

import { readFile } from "node:fs/promises";
import { type JsonRecord, parseFrontMatter, text } from "../config/index.ts";

/** The members that a proposal has of its own; an applied skill loses them. */
const OWN = new Set(["name", "description", "status", "version", "date"]);

/** A proposal or a skill taken apart: what is said of it, other settings as they were typed, and the text. */
export interface Parts {
  readonly front: JsonRecord;
  readonly settings: readonly string[];
  readonly body: string;
}

export async function takeApart(content: string): Promise<Parts> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(content);
  const front = match === null ? undefined : await parseFrontMatter(content);
  if (match === null || front === undefined) return { front: {}, settings: [], body: content };
  return { front, settings: settingsOf(match[1] ?? ""), body: content.slice(match[0].length) };
}

/** A text without a head takes over the head of the skill that it replaces. */
export async function withFrontOf(skillFile: string, given: Parts): Promise<Parts> {
  if (Object.keys(given.front).length > 0) return given;
  const { front, settings } = await takeApart(await readFile(skillFile, "utf8"));
  return { front, settings, body: given.body };
}

/** The top-level settings that are not the proposal's own, each with the lines that belong to it. */
function settingsOf(head: string): readonly string[] {
  const blocks: string[] = [];
  let isKept = false;
  for (const line of head.split(/\r?\n/)) {
    const key = /^([A-Za-z0-9_-]+):/.exec(line)?.[1];
    if (key !== undefined) isKept = !OWN.has(key);
    if (isKept) blocks.push(line);
  }
  return blocks;
}

export interface DraftFacts {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly date: string;
}

/** The text of `PROPOSAL.md`. */
export function draftText(facts: DraftFacts, { settings, body }: Parts): string {
  const { name, description, version, date } = facts;
  return assemble(
    [
      `name: ${JSON.stringify(name)}`,
      `description: ${JSON.stringify(description)}`,
      "status: proposal",
      `version: ${JSON.stringify(version)}`,
      `date: ${JSON.stringify(date)}`,
      ...settings,
    ],
    body,
  );
}

/** The text of the `SKILL.md` that a draft becomes. */
export async function skillText(draft: string): Promise<string> {
  const { front, settings, body } = await takeApart(draft);
  const name = JSON.stringify(text(front["name"]) ?? "");
  const description = JSON.stringify(text(front["description"]) ?? "");
  return assemble([`name: ${name}`, `description: ${description}`, ...settings], body);
}

function assemble(head: readonly string[], body: string): string {
  const trimmed = body.trim();
  return `---\n${head.join("\n")}\n---\n\n${trimmed === "" ? "" : `${trimmed}\n`}`;
}

/** The folder of a skill: what is left of its name in letters and digits. */
export function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, KEY_CHARS_MAX)
    .replace(/^-+|-+$/g, "");
}

const KEY_CHARS_MAX = 64;

import path from "node:path";
import type { ConfigIssue, Snapshot } from "../domain/config/index.ts";
import { displayPath } from "../domain/config/read.ts";
import { lineOf } from "./source-line.ts";

/** What is wrong with a configuration file, in the reference's form: file, line, key, complaint, value. */
export function explainIssues(snapshot: Snapshot): string[] {
  return snapshot.issues.map((issue) => explain(issue, snapshot));
}

const VALUE_CHARACTERS_MAX = 80;

function explain(issue: ConfigIssue, snapshot: Snapshot): string {
  const keys = issue.path === "" ? [] : issue.path.split(".");
  const line = snapshot.raw === null || keys.length === 0 ? undefined : lineOf(snapshot.raw, keys);
  const where = line === undefined ? "" : `${path.basename(snapshot.path)}:${line} — `;
  return `${where}${displayPath(issue.path)}: ${issue.message}${shownValue(issue, snapshot.source, keys)}`;
}

/** The value, where the complaint does not speak of it, is plain, and is not a secret by its name. */
function shownValue(issue: ConfigIssue, source: unknown, keys: readonly string[]): string {
  if (issue.message.includes("received") || /token|password|secret|key/i.test(keys.at(-1) ?? "")) return "";
  let at = source;
  for (const key of keys) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return "";
    at = Reflect.get(at, key);
  }
  if (typeof at === "object" || at === undefined) return "";
  const text = JSON.stringify(at);
  return text.length > VALUE_CHARACTERS_MAX ? "" : `, got: ${text}`;
}

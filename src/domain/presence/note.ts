import type { PresenceEntry } from "./index.ts";

/** What a helper may say of itself beside its text. */
export interface NoteFacts {
  readonly deviceId?: string;
  readonly instanceId?: string;
  readonly host?: string;
  readonly ip?: string;
  readonly mode?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly deviceFamily?: string;
  readonly modelIdentifier?: string;
  readonly lastInputSeconds?: number;
  readonly reason?: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
}

const HELPER = /^Node: (?<host>[^(·]+?)(?: \((?<ip>[^)]+)\))?(?: · |$)/;
const PARTS = {
  version: /(?:^| · )app ([^·]+?)(?= · |$)/,
  lastInputSeconds: /(?:^| · )last input (\d+)s ago(?= · |$)/,
  mode: /(?:^| · )mode ([^·]+?)(?= · |$)/,
  reason: /(?:^| · )reason ([^·]+?)(?= · |$)/,
} as const;

/** The line of presence behind a text, which may say in words what the facts did not. */
export function noteEntry(
  text: string,
  facts: NoteFacts,
  now: number,
): { key: string; entry: PresenceEntry } {
  const said = wordsOf(text);
  const told = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const entry: PresenceEntry = { ...said, ...told, text, ts: now };
  const key = facts.deviceId ?? facts.instanceId ?? (entry.host === undefined ? text : entry.host);
  return { key: key.toLowerCase(), entry };
}

function wordsOf(text: string): Record<string, unknown> {
  const helper = HELPER.exec(text)?.groups;
  // A name alone is the text's own; what follows it are facts.
  if (helper === undefined || !text.includes(" · ")) return {};
  const seconds = PARTS.lastInputSeconds.exec(text)?.[1];
  const words: Record<string, unknown> = { host: helper["host"], ip: helper["ip"] };
  for (const name of ["version", "mode", "reason"] as const) words[name] = PARTS[name].exec(text)?.[1];
  if (seconds !== undefined) words["lastInputSeconds"] = Number(seconds);
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

import { isRecord } from "./record.ts";
import { isSecretRef } from "./secrets.ts";
import { isUnresolved } from "./substitute.ts";

/** Stands in answers where a secret stands in the file, and means "as it was" when it comes back. */
export const REDACTED = "__OPENCLAW_REDACTED__";

/** Keys that are secret wherever an extension puts them. */
const SECRET_KEY =
  /(?:^|[a-z_-])(?:token|password|secret|apikey|api_key|private_?key|passphrase|credentials?|service_?account)$/i;
/** Names that only look like secrets. */
const PLAIN_KEY = /(?:max|min|total|context|keep\w*|threshold)\w*tokens?$|tokens$|tokenMode$/i;
/** Sections of extensions, whose keys no table of ours lists. */
const OPEN_SECTIONS = new Set(["channels", "plugins"]);

/** A copy without secrets. `patterns` are paths with `*` for any key and `[]` for any index. */
export function redactValue(value: unknown, patterns: readonly string[]): unknown {
  return redactAt(value, [], toTree(patterns));
}

/** The secrets that `redactValue` takes out, for taking them out of text as well. */
export function secretsOf(value: unknown, patterns: readonly string[]): string[] {
  const found: string[] = [];
  redactAt(value, [], toTree(patterns), (secret) => found.push(secret));
  return found;
}

interface Node {
  isSecret: boolean;
  readonly next: Map<string, Node>;
}

function toTree(patterns: readonly string[]): Node {
  const root: Node = { isSecret: false, next: new Map() };
  for (const pattern of patterns) {
    let node = root;
    for (const part of pattern.replaceAll("[]", ".[]").split(".")) {
      const next = node.next.get(part) ?? { isSecret: false, next: new Map() };
      node.next.set(part, next);
      node = next;
    }
    node.isSecret = true;
  }
  return root;
}

type Seen = (secret: string) => void;

function redactAt(value: unknown, path: readonly string[], node: Node | undefined, seen?: Seen): unknown {
  if (node?.isSecret === true || isSecretByName(path)) return redactSecret(value, seen);
  if (Array.isArray(value)) {
    const item = node?.next.get("[]") ?? node?.next.get("*");
    return value.map((member) => redactAt(member, [...path, "[]"], item, seen));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => {
    return [key, redactAt(member, [...path, key], node?.next.get(key) ?? node?.next.get("*"), seen)];
  });
  return Object.fromEntries(entries);
}

function isSecretByName(path: readonly string[]): boolean {
  const last = path.at(-1) ?? "";
  return OPEN_SECTIONS.has(path[0] ?? "") && SECRET_KEY.test(last) && !PLAIN_KEY.test(last);
}

/** A reference keeps its form: only the name of what it points to is hidden. `${NAME}` says nothing by itself. */
function redactSecret(value: unknown, seen?: Seen): unknown {
  if (typeof value === "string") {
    if (isUnresolved(value) || value === "") return value;
    seen?.(value);
    return REDACTED;
  }
  if (isSecretRef(value)) {
    seen?.(value.id);
    return { ...value, id: REDACTED };
  }
  if (Array.isArray(value)) return value.map((item) => redactSecret(item, seen));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactSecret(member, seen)]));
}

/** A value of the sentinel that has nothing to stand for. */
export class SentinelError extends Error {
  override readonly name = "SentinelError";
  readonly path: string;

  constructor(path: string) {
    super(`Sentinel value "${REDACTED}" in key ${path} is not valid as real data`);
    this.path = path;
  }

  /** The same of the key as it is known, with `*` for what people name. */
  generally(sensitive: readonly string[]): SentinelError {
    const known = sensitive.find((pattern) => patternOf(pattern).test(this.path));
    return known === undefined ? this : new SentinelError(known);
  }
}

function patternOf(key: string): RegExp {
  const literal = key.replaceAll(/[.$^(){}|\\+?]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll("[]", String.raw`\[\d+\]`).replaceAll("*", "[^.]+")}$`);
}

/** Puts the secrets back where an edited copy still has the sentinel. */
export function restoreValue(edited: unknown, original: unknown, path = ""): unknown {
  if (edited === REDACTED) {
    if (original !== undefined && original !== REDACTED) return original;
    throw new SentinelError(path);
  }
  if (Array.isArray(edited)) {
    const before = Array.isArray(original) ? original : [];
    return edited.map((item, index) =>
      restoreValue(item, counterpart(item, index, before), `${path}[${index}]`),
    );
  }
  if (!isRecord(edited)) return edited;
  const before = isRecord(original) ? original : {};
  const entries = Object.entries(edited).map(([key, member]) => {
    return [key, restoreValue(member, before[key], path === "" ? key : `${path}.${key}`)];
  });
  return Object.fromEntries(entries);
}

/** The item that this one was: by its id where it has one, else by its place. */
function counterpart(item: unknown, index: number, before: readonly unknown[]): unknown {
  const id = isRecord(item) ? item["id"] : undefined;
  const same = id === undefined ? undefined : before.find((other) => isRecord(other) && other["id"] === id);
  return same ?? before[index];
}

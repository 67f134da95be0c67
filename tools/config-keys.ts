/**
 * Asks a running reference for its configuration schema and writes what carries over, which is facts and no prose:
 * names, types, bounds, enums, defaults, which keys are secret, and what a change of each one asks for.
 *
 *     node tools/config-keys.ts ws://127.0.0.1:18789 TOKEN
 *
 * Start the reference with no channels and with the plugins it enables by itself; what it loads, it describes.
 */
import { writeFileSync } from "node:fs";
import { WebSocket } from "ws";
import type { KeySchema, ReloadKind } from "../src/domain/config/keys.ts";

const FOLDER = new URL("../src/domain/config/", import.meta.url);
/** Sections described by channels and plugins rather than by the reference itself. */
const EXTENSIONS = ["channels", "plugins"];
const CALLS_AT_ONCE = 8;

interface Hint {
  readonly advanced?: boolean;
  readonly sensitive?: boolean;
  readonly order?: number;
  readonly group?: string;
  readonly presentation?: unknown;
  readonly tags?: readonly string[];
}

interface Lookup {
  readonly path: string;
  readonly reloadKind?: ReloadKind;
  readonly children: readonly {
    readonly path: string;
    readonly hasChildren: boolean;
    readonly reloadKind?: ReloadKind;
  }[];
}

interface Client {
  call(method: string, params: unknown): Promise<unknown>;
  close(): void;
}

async function connect(url: string, token: string): Promise<Client> {
  const socket = new WebSocket(url, { maxPayload: 64 * 1024 * 1024 });
  const waiting = new Map<string, { resolve(value: unknown): void; reject(reason: Error): void }>();
  let lastId = 0;
  const call = (method: string, params: unknown): Promise<unknown> => {
    const id = String(++lastId);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    socket.send(JSON.stringify({ type: "req", id, method, params }));
    return promise;
  };
  const ready = Promise.withResolvers<void>();
  socket.on("error", ready.reject);
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString("utf8"));
    if (frame.event === "connect.challenge") {
      const client = { id: "gateway-client", version: "1", platform: "linux", mode: "backend" };
      const scopes = ["operator.admin", "operator.read"];
      const hello = { minProtocol: 4, maxProtocol: 4, client, role: "operator", scopes, auth: { token } };
      call("connect", hello).then(() => ready.resolve(), ready.reject);
      return;
    }
    const entry = waiting.get(frame.id);
    waiting.delete(frame.id);
    if (frame.ok) entry?.resolve(frame.payload);
    else entry?.reject(new Error(frame.error?.message));
  });
  await ready.promise;
  return { call, close: () => socket.close() };
}

/** Removes the prose: titles and descriptions are the reference's own words. Property names are left alone. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) =>
      !((key === "title" || key === "description" || key === "$schema") && typeof value === "string"),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value)]));
}

const REPEATED_CHARACTERS_MIN = 40;

function isSchema(value: object): boolean {
  return ["type", "anyOf", "oneOf", "enum"].some(
    (key) => key in value && !("properties" in value && key === "enum"),
  );
}

/** Puts every schema that occurs more than once into `defs`. */
function compact(root: KeySchema, prefix: string): { defs: Record<string, unknown>; schema: unknown } {
  const seen = new Map<string, number>();
  const count = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const text = JSON.stringify(node);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    if (times === 1 || text.length <= REPEATED_CHARACTERS_MIN) Object.values(node).forEach(count);
  };
  count(root);
  const defs: Record<string, unknown> = {};
  const names = new Map<string, string>();
  const convert = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== "object" || node === null) return node;
    const text = JSON.stringify(node);
    const members = () =>
      Object.fromEntries(Object.entries(node).map(([key, value]) => [key, convert(value)]));
    if (text.length <= REPEATED_CHARACTERS_MIN || (seen.get(text) ?? 0) < 2 || !isSchema(node))
      return members();
    let name = names.get(text);
    if (name === undefined) {
      name = `${prefix}${names.size.toString(36)}`;
      names.set(text, name);
      defs[name] = members();
    }
    return { $ref: name };
  };
  return { schema: convert(root), defs };
}

/** What a change of each key asks for, as the fewest prefixes that say the same. */
async function reloadKinds(client: Client, roots: readonly string[]): Promise<Record<string, ReloadKind>> {
  const kinds = new Map<string, ReloadKind>();
  const queue = [...roots];
  const visit = async (): Promise<void> => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const node = (await client.call("config.schema.lookup", { path }).catch(() => null)) as Lookup | null;
      if (node?.reloadKind) kinds.set(path, node.reloadKind);
      for (const child of node?.children ?? []) {
        if (child.reloadKind) kinds.set(child.path, child.reloadKind);
        // Below a map or a list every key has the same kind in the reference's planner.
        if (child.hasChildren && !/[*[]/.test(child.path)) queue.push(child.path);
      }
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, visit));
  const inherited = (path: string): ReloadKind => {
    for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
      const kind = kinds.get(path.slice(0, end));
      if (kind) return kind;
    }
    return "restart";
  };
  const needed = [...kinds].filter(([path, kind]) => inherited(path) !== kind);
  return Object.fromEntries(needed.toSorted(([left], [right]) => left.localeCompare(right)));
}

/** `[flags, members]` per key: see `hints.ts` beside what is written. */
type HintNode = [flags: string, members?: Record<string, HintNode>];

/** What the hints say apart from their prose, as a tree of keys; the few members that are no flags stand apart. */
function hintFacts(hints: readonly (readonly [path: string, hint: Hint])[]): unknown {
  const root: HintNode = ["", {}];
  const more: Record<string, unknown> = {};
  for (const [path, { advanced, sensitive, order, group, presentation, tags }] of hints) {
    let node = root;
    for (const key of path.split(".")) {
      const members = (node[1] ??= {});
      node = members[key] ??= [""];
    }
    const level = advanced === undefined ? "" : advanced ? "a" : "c";
    // `h` marks a path that has a hint at all; the others are only on the way to one.
    node[0] = `h${level}${sensitive === true ? "s" : ""}${tags?.includes("url-secret") === true ? "u" : ""}`;
    const rest = { order, group, presentation };
    if (Object.values(rest).some((value) => value !== undefined)) more[path] = rest;
  }
  return { tree: root[1], more };
}

function write(name: string, version: string, data: unknown): void {
  const text = JSON.stringify(data).replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  const head = `// Written by tools/config-keys.ts from openclaw ${version}. Do not edit.\n`;
  writeFileSync(new URL(name, FOLDER), `${head}export default '${text}';\n`);
  console.log(`${name}: ${text.length} bytes`);
}

const [url, token] = process.argv.slice(2);
if (url === undefined || token === undefined) {
  console.error("usage: node tools/config-keys.ts ws://HOST:PORT TOKEN");
  process.exit(2);
}
const client = await connect(url, token);
const answer = (await client.call("config.schema", {})) as {
  version: string;
  schema: KeySchema;
  uiHints: Record<string, Hint>;
};
const schema = withoutProse(answer.schema) as KeySchema;
const all = Object.entries(schema.properties ?? {});
const part = (keep: boolean): KeySchema => ({
  ...schema,
  properties: Object.fromEntries(
    all
      .filter(([key]) => keep || EXTENSIONS.includes(key))
      .map(([key, value]) => [key, keep && EXTENSIONS.includes(key) ? { type: "object" } : value]),
  ),
});
const hints = Object.entries(answer.uiHints);
write("keys.gen.ts", answer.version, {
  ...compact(part(true), ""),
  channels: Object.keys(schema.properties?.["channels"]?.properties ?? {}),
  sensitive: hints.filter(([, hint]) => hint.sensitive).map(([path]) => path),
  reload: await reloadKinds(
    client,
    all.map(([key]) => key).filter((key) => key !== "$schema"),
  ),
});
write("extensions.gen.ts", answer.version, compact(part(false), "x"));
write("hints.gen.ts", answer.version, hintFacts(hints));
client.close();

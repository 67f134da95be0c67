import { isRecord, type JsonRecord, section } from "./record.ts";
import type { ConfigIssue } from "./snapshot.ts";

export interface Migrated {
  readonly value: JsonRecord;
  readonly notes: readonly ConfigIssue[];
}

type Step = (config: JsonRecord) => { value: JsonRecord; path: string; message: string } | undefined;

/** `agents.list` was an array; the roster is now keyed by id. */
const rosterByKey: Step = (config) => {
  const agents = section(config, "agents");
  const list = agents["list"];
  if (!Array.isArray(list) || Object.hasOwn(agents, "entries")) return undefined;
  const entries: Record<string, unknown> = {};
  for (const agent of list) {
    if (!isRecord(agent) || typeof agent["id"] !== "string") return undefined;
    const { id, ...rest } = agent;
    entries[String(id)] = rest;
  }
  const { list: _, ...others } = agents;
  return {
    value: { ...config, agents: { ...others, entries } },
    path: "agents.entries",
    message: "Moved agents.list to keyed agents.entries.",
  };
};

/** Values that were taken back, and what they mean now. */
const RETIRED: readonly { path: readonly [string, ...string[]]; from: readonly string[]; to: string }[] = [
  { path: ["gateway", "reload", "mode"], from: ["hot", "restart"], to: "hybrid" },
  { path: ["logging", "consoleStyle"], from: ["compact"], to: "pretty" },
];

function retiredValue(config: JsonRecord, rule: (typeof RETIRED)[number]): ReturnType<Step> {
  const [key, ...rest] = rule.path;
  const replace = (value: unknown, keys: readonly string[]): unknown => {
    const [next, ...deeper] = keys;
    if (next === undefined) return typeof value === "string" && rule.from.includes(value) ? rule.to : value;
    return isRecord(value) && Object.hasOwn(value, next)
      ? { ...value, [next]: replace(value[next], deeper) }
      : value;
  };
  const read = (value: unknown, keys: readonly string[]): unknown =>
    keys.reduce<unknown>((at, next) => (isRecord(at) ? at[next] : undefined), value);
  const before = read(config, rule.path);
  if (typeof before !== "string" || !rule.from.includes(before)) return undefined;
  const path = rule.path.join(".");
  return {
    value: { ...config, [key]: replace(config[key], rest) },
    path,
    message: `Changed ${path} from "${before}" to "${rule.to}".`,
  };
}

/** Brings keys of older releases to their present place. The file itself is left as it is. */
export function migrate(config: JsonRecord, options: { readonly isEdit: boolean }): Migrated {
  const notes: ConfigIssue[] = [];
  let value = config;
  const retired = RETIRED.map((rule) => (at: JsonRecord) => retiredValue(at, rule));
  for (const step of options.isEdit ? [rosterByKey] : [rosterByKey, ...retired]) {
    const done = step(value);
    if (!done) continue;
    value = done.value;
    notes.push({ path: done.path, message: done.message });
  }
  return { value, notes };
}

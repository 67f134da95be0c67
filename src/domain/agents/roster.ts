import { invalidRequest } from "../../errors/protocol-error.ts";
import { isRecord, type JsonRecord, section } from "../config/index.ts";

const ID_CHARS_MAX = 64;

/** The id that a name stands for: its letters and digits, with dashes for everything between. */
export function agentIdOf(name: string): string {
  const id = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, ID_CHARS_MAX);
  if (/[a-z0-9]/.test(id)) return id;
  throw invalidRequest(
    `Agent name "${name}" has no valid id characters. Use at least one letter a-z or digit.`,
  );
}

/**
 * The configuration with one more agent. The first one that is added makes the roster explicit: the agent that was
 * there without being named is written down, and what belongs to no agent in particular stays with it.
 */
export function withAgent(
  config: JsonRecord,
  added: { readonly id: string; readonly entry: JsonRecord },
  before: { readonly id: string; readonly workspace: string },
): JsonRecord {
  const agents = section(config, "agents");
  const entries = section(agents, "entries");
  if (isExplicit(agents)) {
    return { ...config, agents: { ...agents, entries: { ...entries, [added.id]: added.entry } } };
  }
  const owner = { agentId: before.id };
  const defaults = section(agents, "defaults");
  return {
    ...config,
    agents: {
      ...agents,
      defaults: {
        ...defaults,
        systemAgent: { ...section(defaults, "systemAgent"), ...owner },
        heartbeat: { ...section(defaults, "heartbeat"), ...owner },
      },
      ownership: "explicit",
      entries: {
        [before.id]: { workspace: before.workspace, ...section(entries, before.id) },
        [added.id]: added.entry,
      },
    },
    talk: { ...section(config, "talk"), ...owner },
  };
}

/** Whether the file says whom what belongs to; an agent that stands there all alone says nothing yet. */
function isExplicit(agents: JsonRecord): boolean {
  const entries = Object.values(section(agents, "entries"));
  const isMarked = entries.some((entry) => isRecord(entry) && entry["default"] === true);
  return entries.length > 1 || isMarked || agents["ownership"] === "explicit";
}

/** The configuration with other settings of an agent; `undefined` takes a setting away. */
export function withSettings(config: JsonRecord, agentId: string, settings: JsonRecord): JsonRecord {
  const agents = section(config, "agents");
  const entries = section(agents, "entries");
  const entry = section(entries, agentId);
  const changed = present({
    ...entry,
    ...settings,
    ...(isRecord(settings["identity"])
      ? { identity: { ...section(entry, "identity"), ...settings["identity"] } }
      : {}),
  });
  return { ...config, agents: { ...agents, entries: { ...entries, [agentId]: changed } } };
}

/** The configuration without an agent, without what was bound to it and without its place as an owner. */
export function withoutAgent(
  config: JsonRecord,
  agentId: string,
): { config: JsonRecord; removedBindings: number } {
  const agents = section(config, "agents");
  const { [agentId]: _gone, ...entries } = section(agents, "entries");
  const bindings = Array.isArray(config["bindings"]) ? (config["bindings"] as unknown[]) : [];
  const kept = bindings.filter((binding) => !isRecord(binding) || binding["agentId"] !== agentId);
  const defaults = section(agents, "defaults");
  const next = present({
    ...config,
    agents: {
      ...agents,
      defaults: present({
        ...defaults,
        systemAgent: disowned(defaults["systemAgent"], agentId),
        heartbeat: disowned(defaults["heartbeat"], agentId),
      }),
      entries,
    },
    talk: disowned(config["talk"], agentId),
    ...(bindings.length === kept.length ? {} : { bindings: kept }),
  });
  return { config: next, removedBindings: bindings.length - kept.length };
}

/** A section without the agent that owned it; gone with it when there is nothing else in it. */
function disowned(value: unknown, agentId: string): unknown {
  if (!isRecord(value) || value["agentId"] !== agentId) return value;
  const { agentId: _gone, ...rest } = value;
  return Object.keys(rest).length > 0 ? rest : undefined;
}

function present(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

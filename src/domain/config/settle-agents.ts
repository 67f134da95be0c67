import path from "node:path";
import type { AgentDefaults, AgentEntry, Config, ModelChoice } from "./config.ts";
import { expandHome } from "./paths.ts";
import { isRecord, type JsonRecord, section } from "./record.ts";
import { list, text } from "./values.ts";

/** The model that answers when none is configured: deterministic, offline, and it streams. */
export const MODEL_DEFAULT = "offline/echo";

interface AgentBasis {
  readonly workspaceDefault: string;
  readonly home: string;
  readonly maxConcurrent: number;
}

export function agentsOf(source: JsonRecord, basis: AgentBasis): Config["agents"] {
  const agents = section(source, "agents");
  const entries = Object.entries(section(agents, "entries")).map(([id, entry]) =>
    entryOf(id, isRecord(entry) ? entry : {}, basis),
  );
  return {
    defaults: defaultsOf(section(agents, "defaults"), basis),
    entries: entries.length > 0 ? entries : [entryOf("main", {}, basis)],
  };
}

/** `"provider/model"` and `{ primary, fallbacks }` say the same thing. */
function choiceOf(value: unknown): ModelChoice | undefined {
  if (typeof value === "string") return value === "" ? undefined : { primary: value, fallbacks: [] };
  const primary = isRecord(value) ? text(value["primary"]) : undefined;
  return isRecord(value) && primary !== undefined
    ? { primary, fallbacks: list(value["fallbacks"]) }
    : undefined;
}

function folder(value: unknown, basis: AgentBasis): string | undefined {
  const given = text(value);
  return given === undefined ? undefined : path.resolve(expandHome(given, basis.home));
}

function defaultsOf(settings: JsonRecord, basis: AgentBasis): AgentDefaults {
  const { maxConcurrent } = settings;
  const models = section(settings, "models");
  return {
    ...settings,
    model: choiceOf(settings["model"]) ?? { primary: MODEL_DEFAULT, fallbacks: [] },
    workspace: folder(settings["workspace"], basis) ?? basis.workspaceDefault,
    maxConcurrent: typeof maxConcurrent === "number" ? maxConcurrent : basis.maxConcurrent,
    models: Object.fromEntries(Object.keys(models).map((key) => [key, section(models, key)])),
  };
}

function entryOf(id: string, settings: JsonRecord, basis: AgentBasis): AgentEntry {
  const { model: givenModel, workspace: givenWorkspace, agentDir: givenDir, ...rest } = settings;
  const model = choiceOf(givenModel);
  const workspace = folder(givenWorkspace, basis);
  const agentDir = folder(givenDir, basis);
  return {
    ...rest,
    id,
    default: settings["default"] === true,
    ...(model === undefined ? {} : { model }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(agentDir === undefined ? {} : { agentDir }),
  };
}

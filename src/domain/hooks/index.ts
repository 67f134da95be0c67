import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Agent } from "../agents/index.ts";
import {
  type ConfigSource,
  type JsonRecord,
  list,
  parseFrontMatter,
  section,
  text,
} from "../config/index.ts";
import { isOnPath, isSet, type Skills } from "../skills/index.ts";
import { readHookHead } from "./head.ts";

/** How many hooks one place may hold. */
const HOOKS_MAX = 256;
const HANDLERS = ["handler.ts", "handler.js", "index.ts", "index.js"];
const EVENT_TYPES = new Set(["command", "session", "agent", "gateway", "message"]);
/** What a running gateway has anyway, whether or not the file says it. */
const GIVEN = new Set(["workspace.dir"]);

/** Hooks are folders with a `HOOK.md` and a handler. They are shown here; none of them is run. */
export interface Hooks {
  status(agent: Agent): Promise<HookReport>;
}

export interface HookReport {
  readonly workspaceDir: string;
  readonly managedHooksDir: string;
  readonly hooks: HookRow[];
}

export interface HookRow {
  readonly name: string;
  readonly [member: string]: unknown;
}

export interface HooksParts {
  readonly config: ConfigSource;
  readonly skills: Skills;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createHooks({ config, skills, env }: HooksParts): Hooks {
  return {
    async status(agent) {
      const managed = path.join(config.stateDir, "hooks");
      const reference = await skills.reference();
      const internal = section(section(config.snapshot().source, "hooks"), "internal");
      const extra = list(section(internal, "load")["extraDirs"]);
      const places: (readonly [string, string])[] = [
        ["openclaw-managed", managed],
        ...extra.toReversed().map((folder) => ["openclaw-managed", path.resolve(folder)] as const),
        ...(reference === undefined
          ? []
          : [["openclaw-bundled", path.join(reference, "dist", "bundled")] as const]),
        ["openclaw-workspace", path.join(agent.workspace, "hooks")],
      ];
      const hooks = new Map<string, HookRow>();
      for (const [source, folder] of places) {
        for (const row of await hooksIn(folder, source, { config, env, internal })) {
          if (!hooks.has(row.name)) hooks.set(row.name, row);
        }
      }
      const rows = [...hooks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return { workspaceDir: agent.workspace, managedHooksDir: managed, hooks: rows };
    },
  };
}

interface HookWorld {
  readonly config: ConfigSource;
  readonly env: HooksParts["env"];
  readonly internal: JsonRecord;
}

async function hooksIn(folder: string, source: string, world: HookWorld): Promise<readonly HookRow[]> {
  const names = (await readdir(folder).catch(() => [])).slice(0, HOOKS_MAX);
  const rows = await Promise.all(names.map((name) => hookAt(path.join(folder, name), source, world)));
  return rows.filter((row) => row !== undefined);
}

async function hookAt(baseDir: string, source: string, world: HookWorld): Promise<HookRow | undefined> {
  const filePath = path.join(baseDir, "HOOK.md");
  const content = await readFile(filePath, "utf8").catch(() => undefined);
  const handlerPath = await handlerIn(baseDir);
  if (content === undefined || handlerPath === undefined) return undefined;
  const front = await parseFrontMatter(content);
  const head = readHookHead(front ?? {}, path.basename(baseDir));
  const settings = section(section(world.internal, "entries"), head.hookKey);
  const missing = missingOf(head.requires, settings, world);
  const isSatisfied = head.isAlways || Object.values(missing).every((names) => names.length === 0);
  const isEnabled =
    world.internal["enabled"] !== false &&
    (source === "openclaw-workspace" ? settings["enabled"] === true : settings["enabled"] !== false);
  return {
    name: head.name,
    description: head.description,
    source,
    filePath,
    baseDir,
    handlerPath,
    hookKey: head.hookKey,
    ...(head.emoji === undefined ? {} : { emoji: head.emoji }),
    ...(head.homepage === undefined ? {} : { homepage: head.homepage }),
    events: [...head.events],
    unknownEvents: head.events.filter((event) => !EVENT_TYPES.has(event.split(":")[0] ?? "")),
    always: head.isAlways,
    enabledByConfig: isEnabled,
    requirementsSatisfied: isSatisfied,
    loadable: isEnabled && isSatisfied,
    managedByPlugin: false,
    requirements: head.requires,
    missing,
    configChecks: head.requires.config.map((at) => ({
      path: at,
      satisfied: !missing.config.includes(at),
    })),
    install: head.install,
  };
}

function missingOf(
  requires: ReturnType<typeof readHookHead>["requires"],
  settings: JsonRecord,
  { config, env }: HookWorld,
) {
  const searchPath = env["PATH"] ?? "";
  const own = section(settings, "env");
  const { source } = config.snapshot();
  return {
    bins: requires.bins.filter((bin) => !isOnPath(bin, searchPath)),
    anyBins: requires.anyBins.some((bin) => isOnPath(bin, searchPath)) ? [] : requires.anyBins,
    env: requires.env.filter((name) => (env[name] ?? "") === "" && text(own[name]) === undefined),
    config: requires.config.filter((at) => !GIVEN.has(at) && !isSet(source, at)),
    os: requires.os.length === 0 || requires.os.includes(process.platform) ? [] : requires.os,
  };
}

async function handlerIn(baseDir: string): Promise<string | undefined> {
  for (const name of HANDLERS) {
    const file = path.join(baseDir, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return file;
  }
  return undefined;
}

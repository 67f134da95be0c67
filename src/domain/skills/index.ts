import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../platform/clock.ts";
import { findReferencePackage } from "../../platform/reference-package.ts";
import type { Agent, Agents } from "../agents/index.ts";
import type { ConfigSource } from "../config/index.ts";
import { list, section, text } from "../config/index.ts";
import { isOnPath } from "./executables.ts";
import { linkPluginSkills, managedFolder, placesOf } from "./places.ts";
import { type FoundSkill, scanSkills } from "./scan.ts";
import { agentFilter, type SkillWorld, skillStatus } from "./status.ts";
import { createSkillWatch } from "./watch.ts";

export { isOnPath } from "./executables.ts";
export type { SkillHub } from "./hub.ts";
export { workshopFolder } from "./places.ts";
export type { SkillHead } from "./read-skill.ts";
export { type FoundSkill, scanSkills } from "./scan.ts";
export { isSet } from "./status.ts";

/** Skills are folders with a `SKILL.md`; they are read anew at each question, as people edit them by hand. */
export interface Skills {
  /** The skills of an agent, and what each would need. */
  status(agent: Agent): Promise<SkillReport>;
  /** Each skill of an agent as its file says, and as it stands. */
  inspect(agent: Agent): Promise<readonly { readonly skill: FoundSkill; readonly row: SkillRow }[]>;
  /** The programs that skills of any agent ask for: a node reports which of them it has. */
  bins(): Promise<readonly string[]>;
  /** The skills that an agent has, as their files say. */
  find(agent: Agent): Promise<readonly FoundSkill[]>;
  /** What a hub said of a skill, when it came with such a card. */
  card(agent: Agent, skillKey: string): Promise<SkillCard | undefined>;
  /** Stops looking for changes. */
  close(): void;
  /** The package of an installed reference, whose bundled skills and hooks are read in place. */
  reference(): Promise<string | undefined>;
}

export interface SkillCard {
  readonly path: string;
  readonly sizeBytes: number;
  readonly content: string;
}

export type SkillRow = ReturnType<typeof skillStatus>;

export interface SkillReport {
  readonly workspaceDir: string;
  readonly managedSkillsDir: string;
  readonly agentId: string;
  readonly skills: SkillRow[];
}

export interface SkillsParts {
  readonly clock: Clock;
  /** Skills that were asked for before are others now. */
  readonly onChange: () => void;
  readonly config: ConfigSource;
  readonly agents: Agents;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createSkills({ config, agents, env, clock, onChange }: SkillsParts): Skills {
  const changes = createSkillWatch(clock, onChange);
  let search: Promise<string | undefined> | undefined;

  /** Looked for once, and its plugins are linked then: an installation does not move under a running gateway. */
  function reference(): Promise<string | undefined> {
    search ??= openReference();
    return search;
  }

  async function openReference(): Promise<string | undefined> {
    const named = env["UNDERSTUDY_REFERENCE_PACKAGE"];
    const found = await findReferencePackage({
      controlUiRoot: config.current().gateway.controlUi.root,
      searchPath: env["PATH"] ?? "",
      named: named === "" ? undefined : named,
      besides: [path.dirname(config.path)],
    });
    if (found !== undefined) await linkPluginSkills(config, found);
    return found;
  }

  async function find(agent: Agent): Promise<readonly FoundSkill[]> {
    const isCustodian = agent.id === custodianOf(config, agents);
    const places = placesOf(agent, config, await reference(), isCustodian);
    const { load } = config.current().skills;
    if (section({ load }, "load")["watch"] !== false) changes.follow(places);
    return scanSkills(places);
  }

  function worldOf(agent: Agent): SkillWorld {
    const { agents: roster, skills } = config.current();
    const own = roster.entries.find((entry) => entry.id === agent.id)?.skills;
    const install = section({ install: skills["install"] }, "install");
    const { allowBundled } = skills;
    return {
      platform: process.platform,
      source: config.snapshot().source,
      agentFilter: agentFilter(own, roster.defaults["skills"]),
      allowBundled: Array.isArray(allowBundled) && allowBundled.length > 0 ? list(allowBundled) : undefined,
      prefersBrew: install["preferBrew"] !== false,
      nodeManager: text(install["nodeManager"]) ?? "npm",
      hasBin: (name) => isOnPath(name, env["PATH"] ?? ""),
      hasVariable: (name) => (env[name] ?? "") !== "",
    };
  }

  async function inspect(agent: Agent) {
    const world = worldOf(agent);
    return (await find(agent)).map((skill) => ({ skill, row: skillStatus(skill, world) }));
  }

  return {
    find,
    reference,
    close: () => changes.close(),
    inspect,
    async status(agent) {
      const skills = await inspect(agent);
      return {
        workspaceDir: agent.workspace,
        managedSkillsDir: managedFolder(config.stateDir),
        agentId: agent.id,
        skills: skills.map(({ row }) => row),
      };
    },
    async card(agent, skillKey) {
      const skills = await find(agent);
      const card = skills.find((skill) => (skill.skillKey ?? skill.name) === skillKey)?.card;
      if (card === undefined) return undefined;
      const content = await readFile(card.path, "utf8").catch(() => undefined);
      return content === undefined ? undefined : { path: card.path, sizeBytes: card.bytes, content };
    },
    async bins() {
      const found = await Promise.all(agents.list().map(find));
      const names = found
        .flat()
        .flatMap(({ requires, install }) => [
          ...requires.bins,
          ...requires.anyBins,
          ...install.flatMap(({ bins }) => bins),
        ]);
      return [...new Set(names)].sort();
    },
  };
}

/** The agent that looks after the gateway: the one that the file names, or the only one there is. */
function custodianOf(config: ConfigSource, agents: Agents): string | undefined {
  const { systemAgent } = config.current().agents.defaults;
  const named = text(section({ systemAgent }, "systemAgent")["agentId"]);
  if (named !== undefined) return named;
  const all = agents.list();
  return all.length === 1 ? all[0]?.id : undefined;
}

import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Agent, Agents } from "../agents/index.ts";
import type { ConfigSource } from "../config/index.ts";
import { list, section } from "../config/index.ts";
import { type FoundSkill, type SkillPlace, scanSkills } from "./scan.ts";
import { agentFilter, skillStatus } from "./status.ts";

/** Skills are folders with a `SKILL.md`; they are read anew at each question, as people edit them by hand. */
export interface Skills {
  /** The skills of an agent, and what each would need. */
  status(agent: Agent): Promise<SkillReport>;
  /** The programs that skills of any agent ask for: a node reports which of them it has. */
  bins(): Promise<readonly string[]>;
}

export interface SkillReport {
  readonly workspaceDir: string;
  readonly managedSkillsDir: string;
  readonly agentId: string;
  readonly skills: ReturnType<typeof skillStatus>[];
}

export interface SkillsParts {
  readonly config: ConfigSource;
  readonly agents: Agents;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createSkills({ config, agents, env }: SkillsParts): Skills {
  const managed = path.join(config.stateDir, "skills");

  /** Highest precedence first. Personal skills belong to the state folder that a home has by default. */
  function placesOf(agent: Agent): SkillPlace[] {
    const { load } = config.current().skills;
    const isDefaultState = path.basename(config.stateDir) === ".openclaw";
    const home = path.dirname(config.stateDir);
    const workshop = path.join(config.stateDir, "agents", agent.id, "agent", "workshop-skills");
    return [
      { source: "openclaw-workspace", folder: path.join(agent.workspace, "skills") },
      { source: "agents-skills-project", folder: path.join(agent.workspace, ".agents", "skills") },
      ...(isDefaultState
        ? [{ source: "agents-skills-personal", folder: path.join(home, ".agents", "skills") }]
        : []),
      { source: "openclaw-managed", folder: managed },
      { source: "openclaw-workshop", folder: workshop },
      ...list(section({ load }, "load")["extraDirs"]).map((folder) => ({
        source: "openclaw-extra",
        folder: folder.startsWith("~/") ? path.join(home, folder.slice(2)) : path.resolve(folder),
      })),
    ];
  }

  const find = (agent: Agent): Promise<readonly FoundSkill[]> => scanSkills(placesOf(agent));

  return {
    async status(agent) {
      const { entries, defaults } = config.current().agents;
      const own = entries.find((entry) => entry.id === agent.id)?.skills;
      const world = {
        platform: process.platform,
        source: config.snapshot().source,
        agentFilter: agentFilter(own, defaults["skills"]),
        hasBin: (name: string) => isOnPath(name, env["PATH"] ?? ""),
        hasVariable: (name: string) => (env[name] ?? "") !== "",
      };
      const skills = await find(agent);
      return {
        workspaceDir: agent.workspace,
        managedSkillsDir: managed,
        agentId: agent.id,
        skills: skills.map((skill) => skillStatus(skill, world)),
      };
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

function isOnPath(name: string, searchPath: string): boolean {
  if (name === "" || name.includes("/")) return false;
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

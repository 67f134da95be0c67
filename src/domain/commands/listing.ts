import type { Agent } from "../agents/index.ts";
import type { Skills } from "../skills/index.ts";
import { COMMANDS, type Command } from "./catalog.ts";

/** Networks take names of commands up to this length. */
const NAME_CHARS_MAX = 32;

/** A command that is a skill, or that a plugin of the reference brings. */
export interface ExtraCommand extends Omit<Command, "source" | "category"> {
  readonly source: "skill" | "plugin";
  readonly category?: "tools";
  readonly skillDisplayName?: string;
  readonly skillModelVisible?: boolean;
  readonly clientPresentation?: unknown;
}

/** Commands of plugins that a reference has switched on from the start. */
const OF_PLUGINS: readonly ExtraCommand[] = [
  {
    ...ofPlugin("pair", "Devices that want to be paired."),
    clientPresentation: { when: "no-arguments", action: { kind: "device-pairing" } },
  },
  ofPlugin("dreaming", "Whether memories are sorted at night."),
  ofPlugin("voice", "The voice that is spoken with."),
];

function ofPlugin(name: string, description: string): ExtraCommand {
  const textAliases = [`/${name}`];
  return {
    name,
    nativeName: name,
    textAliases,
    description,
    source: "plugin",
    scope: "both",
    acceptsArgs: true,
  };
}

/** The commands that an agent's conversations have: those of the gateway, of its skills, and of plugins. */
export async function listCommands(
  skills: Skills,
  agent: Agent | undefined,
): Promise<readonly (Command | ExtraCommand)[]> {
  if (agent === undefined) return [...COMMANDS, ...OF_PLUGINS];
  return [...COMMANDS, ...skillCommands(await skills.inspect(agent)), ...OF_PLUGINS];
}

function skillCommands(found: Awaited<ReturnType<Skills["inspect"]>>): readonly ExtraCommand[] {
  const taken = new Set(COMMANDS.flatMap(({ textAliases }) => textAliases.map((alias) => alias.slice(1))));
  return found
    .filter(({ row }) => row.commandVisible)
    .map(({ skill, row }) => {
      const name = freeName(commandName(row.name), taken);
      taken.add(name);
      return {
        name,
        nativeName: name,
        textAliases: [`/${name}`],
        description: row.description,
        category: "tools",
        source: "skill",
        scope: "both",
        acceptsArgs: true,
        skillDisplayName: skill.title ?? row.name,
        skillModelVisible: row.modelVisible,
      };
    });
}

/** What a network would take as the name of a command. */
export function commandName(skill: string): string {
  const name = skill
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return (name === "" ? "skill" : name).slice(0, NAME_CHARS_MAX);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let count = 2; ; count += 1) {
    const end = `_${count}`;
    const other = `${name.slice(0, NAME_CHARS_MAX - end.length)}${end}`;
    if (!taken.has(other)) return other;
  }
}

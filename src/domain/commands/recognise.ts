import { COMMANDS } from "./catalog.ts";
import { QUEUE_MODES } from "./queue-answer.ts";

/** A command and what stands behind it. */
export interface Recognised {
  readonly name: string;
  readonly argument: string;
}

interface Known {
  readonly name: string;
  readonly acceptsArgs: boolean;
}

/** Commands that are not listed: they are turned off unless the configuration says otherwise, or come from plugins. */
const UNLISTED = ["config", "debug", "mcp", "plugins", "bash", "voice", "pair", "dreaming"];

/** Commands of which the list says that they take nothing, and which say so themselves. */
const TELLING = new Set(["tasks", "agents"]);

const ALIASES: ReadonlyMap<string, Known> = new Map([
  ...COMMANDS.flatMap(({ name, acceptsArgs, textAliases }) =>
    textAliases.map((alias) => [alias, { name, acceptsArgs: acceptsArgs || TELLING.has(name) }] as const),
  ),
  ...UNLISTED.map((name) => [`/${name}`, { name, acceptsArgs: true }] as const),
]);

/** The command that a message is; undefined when it is none, or says more than the command can take. */
export function recognise(message: string): Recognised | undefined {
  // compat(CH17): a decision that is meant for a bot of a network says so behind an @.
  const found = /^(\/[a-z_-]+)(?::|\s+|$|(?<=^\/approve)(?=@))([\s\S]*)$/i.exec(message.trim());
  const command = found?.[1] === undefined ? undefined : ALIASES.get(found[1].toLowerCase());
  if (command === undefined) return undefined;
  const argument = found?.[2]?.trim() ?? "";
  if (argument !== "" && !command.acceptsArgs) return undefined;
  return { name: command.name, argument };
}

/** The first words that a setting of one word takes. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  think: ["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max", "default"],
  verbose: ["on", "off", "full"],
  trace: ["on", "off", "raw"],
  reasoning: ["on", "off", "stream"],
  fast: ["on", "off", "auto", "default", "status"],
};

const QUEUE_WORD = new RegExp(`^(?:${QUEUE_MODES.join("|")}|(?:debounce|cap|drop)[:=].*)$`, "i");

/**
 * Whether a command is a message for the model after all: it asks the agent for something, or it is a setting for
 * one message, with the message behind it.
 */
export function isForModel({ name, argument }: Recognised, skills: readonly string[]): boolean {
  const words = argument.split(/\s+/).filter(Boolean);
  const [first = "", second] = words;
  switch (name) {
    case "dashboard":
    case "learn":
      return true;
    case "loop":
    case "steer":
    case "new":
    case "reset":
      return words.length > 0;
    case "skill":
      return skills.includes(first);
    case "model":
      return words.filter((word) => !word.startsWith("-")).length > 1 && !/^(?:list|status)$/.test(first);
    case "queue":
      return QUEUE_WORD.test(first) && words.some((word) => !QUEUE_WORD.test(word));
    default:
      return second !== undefined && WORDS[name]?.includes(first.toLowerCase()) === true;
  }
}

/** An argument of a command, as a client offers it for completion. */
interface Argument {
  readonly name: string;
  readonly description: string;
  readonly type: "string";
  readonly required?: true;
  readonly dynamic?: true;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** A line of `commands.list`. The texts are our own; names, categories and choices are the reference's. */
export interface Command {
  readonly name: string;
  readonly nativeName?: string;
  readonly textAliases: readonly string[];
  readonly description: string;
  readonly category: "management" | "media" | "options" | "session" | "status" | "tools";
  readonly source: "native";
  readonly scope: "both" | "text";
  readonly acceptsArgs: boolean;
  readonly args?: readonly Argument[];
}

type Category = Command["category"];

const text = (name: string, description: string): Argument => ({ name, description, type: "string" });
const choice = (name: string, description: string, ...values: readonly string[]): Argument => ({
  ...text(name, description),
  choices: values.map((value) => ({ value, label: value })),
});

function command(
  category: Category,
  name: string,
  description: string,
  more: {
    aliases?: readonly string[];
    args?: readonly Argument[];
    acceptsArgs?: boolean;
    isTextOnly?: true;
  } = {},
): Command {
  return {
    name,
    ...(more.isTextOnly ? {} : { nativeName: name }),
    textAliases: [`/${name}`, ...(more.aliases ?? []).map((alias) => `/${alias}`)],
    description,
    category,
    source: "native",
    scope: more.isTextOnly ? "text" : "both",
    acceptsArgs: more.acceptsArgs ?? more.args !== undefined,
    ...(more.args === undefined ? {} : { args: more.args }),
  };
}

/** What can be answered here, in the reference's order. A command is listed once it does something. */
export const COMMANDS: readonly Command[] = [
  command("status", "help", "The most useful commands."),
  command("status", "commands", "Every command."),
  command("status", "status", "What this session runs on and how it is doing.", { acceptsArgs: true }),
  command("status", "whoami", "Who the gateway takes you for.", { aliases: ["id"] }),
  command("options", "usage", "What is shown about usage under a reply.", {
    args: [choice("mode", "what to show", "off", "tokens", "full", "cost")],
  }),
  command("session", "stop", "End the run that is active."),
  command("session", "reset", "Forget this conversation and begin again.", { acceptsArgs: true }),
  command("session", "new", "Begin a new conversation.", { acceptsArgs: true }),
  command("session", "name", "Show or change the name of this session.", {
    args: [text("title", "the new name")],
  }),
  command("session", "compact", "Put the older part of this conversation into notes.", {
    args: [text("instructions", "what to take special care of")],
  }),
  command("options", "think", "How hard the model thinks.", {
    aliases: ["thinking", "t"],
    args: [{ ...text("level", "a level"), dynamic: true }],
  }),
  command("options", "verbose", "How much is told about tools.", {
    aliases: ["v"],
    args: [choice("mode", "on, off or full", "on", "off", "full")],
  }),
  command("options", "reasoning", "Whether the model's thoughts are shown.", {
    aliases: ["reason"],
    args: [choice("mode", "on, off or stream", "on", "off", "stream")],
  }),
  command("options", "model", "Show or choose the model.", { args: [text("model", "provider/model")] }),
  command("options", "models", "Providers, or the models of one.", { acceptsArgs: true }),
  command("options", "queue", "What happens to messages during a run.", {
    args: [choice("mode", "a queue mode", "steer", "followup", "collect", "interrupt")],
  }),
];

export function findCommand(alias: string): Command | undefined {
  return COMMANDS.find((one) => one.textAliases.includes(alias.toLowerCase()));
}

const HEADINGS: Readonly<Record<Category, string>> = {
  session: "Session",
  options: "Options",
  status: "Status",
  management: "Management",
  media: "Media",
  tools: "Tools",
};

/** The answer of `/commands`. */
export function commandsText(): string {
  const sections = Object.entries(HEADINGS).flatMap(([category, heading]) => {
    const lines = COMMANDS.filter((one) => one.category === category).map((one) => {
      const others = one.textAliases.slice(1);
      return `  /${one.name}${others.length === 0 ? "" : ` (${others.join(", ")})`} - ${one.description}`;
    });
    return lines.length === 0 ? [] : [`${heading}\n${lines.join("\n")}`];
  });
  return `ℹ️ Slash commands\n\n${sections.join("\n\n")}`;
}

/** The answer of `/help`. */
export const HELP_TEXT = [
  "ℹ️ Help",
  "Session\n  /new  |  /reset  |  /stop  |  /name [title]",
  "Options\n  /think <level>  |  /model <provider/model>  |  /usage off|tokens|full  |  /verbose on|off|full",
  "Status\n  /status  |  /whoami  |  /models",
  "All of them: /commands",
].join("\n\n");

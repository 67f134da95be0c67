/** An argument of a command, as a client offers it for completion. */
interface Argument {
  readonly name: string;
  readonly description: string;
  readonly type: "string" | "number";
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

const ACP_ACTIONS = [
  ...["spawn", "cancel", "steer", "close", "sessions", "status", "set-mode", "set", "cwd", "permissions"],
  ...["timeout", "model", "reset-options", "doctor", "install", "help"],
];

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

/** Everything that is a command, in the reference's order. */
export const COMMANDS: readonly Command[] = [
  command("status", "help", "The most useful commands."),
  command("status", "commands", "Every command."),
  command("status", "tools", "What the agent can use right now.", {
    args: [choice("mode", "short, or with a line on each", "compact", "verbose")],
  }),
  command("tools", "skill", "Have the agent use a skill.", {
    args: [{ ...text("name", "the skill"), required: true }, text("input", "what for")],
  }),
  command("tools", "dashboard", "Have this session's dashboard made or changed.", {
    args: [text("request", "what it should show")],
  }),
  command("tools", "learn", "Have a skill drafted from what was done.", {
    args: [text("request", "from what, and for what")],
  }),
  command("tools", "loop", "Do something again and again in this conversation.", {
    args: [text("spec", "an interval and what to do, or status, or stop")],
  }),
  command("status", "status", "What this session runs on and how it is doing.", { acceptsArgs: true }),
  command("status", "goal", "What this session is meant to achieve.", {
    args: [
      choice(
        "action",
        "what to do",
        "status",
        "start",
        "edit",
        "pause",
        "resume",
        "complete",
        "block",
        "clear",
      ),
      text("text", "the goal, or a note"),
    ],
  }),
  command("status", "diagnostics", "What can be collected when something is wrong.", {
    args: [text("note", "a note that goes with it")],
  }),
  command("management", "login", "Sign in to a model provider.", {
    args: [text("provider", "which one, or how")],
  }),
  command("management", "openclaw", "Ask whoever looks after this gateway.", {
    isTextOnly: true,
    acceptsArgs: true,
  }),
  command("status", "tasks", "Work of this session that goes on beside it."),
  command("management", "allowlist", "Who may write to the agent through a network.", {
    isTextOnly: true,
    acceptsArgs: true,
  }),
  command("management", "approve", "Decide on something that waits for a yes.", { acceptsArgs: true }),
  command("status", "context", "What the model is given besides the conversation.", { acceptsArgs: true }),
  command("tools", "btw", "Ask something aside.", { aliases: ["side"], acceptsArgs: true }),
  command("status", "export-session", "Write this conversation into a file of the workspace.", {
    aliases: ["export"],
    args: [text("path", "the file, below the workspace")],
  }),
  command("status", "export-trajectory", "Collect the runs of this session.", {
    aliases: ["trajectory"],
    args: [text("path", "the folder, below the workspace")],
  }),
  command("media", "tts", "Whether and how answers are spoken.", {
    args: [
      {
        ...text("action", "what to do"),
        choices: ["On", "Off", "Status", "Provider", "Limit", "Summary", "Audio", "Help"].map((label) => ({
          value: label.toLowerCase(),
          label,
        })),
      },
      text("value", "a provider, a number or a text"),
    ],
  }),
  command("status", "whoami", "Who the gateway takes you for.", { aliases: ["id"] }),
  command("session", "session", "How long a conversation stays bound to this session.", {
    args: [choice("action", "what to do", "idle", "max-age", "unbind"), text("value", "how long, or off")],
  }),
  command("management", "subagents", "Agents that work for this session.", {
    args: [
      choice("action", "what to do", "list", "log", "info"),
      text("target", "which one"),
      text("value", "how many lines"),
    ],
  }),
  command("management", "acp", "Sessions of other agent programs.", {
    args: [choice("action", "what to do", ...ACP_ACTIONS), text("value", "what else it needs")],
  }),
  command("management", "agents", "Agents that are bound to this conversation."),
  command("management", "steer", "Tell something to the run that is active.", {
    aliases: ["tell"],
    args: [text("message", "what to tell it")],
  }),
  command("options", "usage", "What is shown about usage under a reply.", {
    args: [choice("mode", "what to show", "off", "tokens", "full", "cost")],
  }),
  command("session", "stop", "End the run that is active."),
  command("tools", "restart", "Start the gateway anew."),
  command("tools", "update", "Bring the gateway up to date and start it anew."),
  command("management", "activation", "When the agent answers in a group.", {
    args: [choice("mode", "when it is mentioned, or always", "mention", "always")],
  }),
  command("management", "send", "Whether answers of this session are sent out.", {
    args: [choice("mode", "on, off, or what is usual", "on", "off", "inherit")],
  }),
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
  command("options", "trace", "Whether plugins tell what they do.", {
    args: [choice("mode", "on, off or raw", "on", "off", "raw")],
  }),
  command("options", "fast", "Whether the model is asked to hurry.", {
    args: [{ ...text("mode", "on, off, auto, default or status"), dynamic: true }],
  }),
  command("options", "reasoning", "Whether the model's thoughts are shown.", {
    aliases: ["reason"],
    args: [choice("mode", "on, off or stream", "on", "off", "stream")],
  }),
  command("options", "elevated", "Whether commands may leave the sandbox.", {
    aliases: ["elev"],
    args: [choice("mode", "on, off, ask or full", "on", "off", "ask", "full")],
  }),
  command("options", "exec", "Where commands of this session run.", {
    args: [
      choice("host", "where", "auto", "sandbox", "gateway", "node"),
      choice("security", "which", "deny", "allowlist", "full"),
      choice("ask", "when somebody is asked", "off", "on-miss", "always"),
      text("node", "on which node"),
    ],
  }),
  command("options", "model", "Show or choose the model.", {
    args: [text("model", "provider/model, and for what")],
  }),
  command("options", "models", "Providers, or the models of one.", { acceptsArgs: true }),
  command("options", "queue", "What happens to messages during a run.", {
    args: [
      choice("mode", "a queue mode", "steer", "followup", "collect", "interrupt"),
      text("debounce", "how long to wait for more"),
      { ...text("cap", "how many may wait"), type: "number" },
      choice("drop", "which give way", "old", "new", "summarize"),
    ],
  }),
];

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
  return `ℹ️ Slash commands\n\n${sections.join("\n\n")}\n\nMore: /tools`;
}

/** The answer of `/help`: the forms of the commands that people use most. */
export const HELP_TEXT = [
  "ℹ️ Help",
  "Session\n  /new  |  /reset  |  /compact [instructions]  |  /stop",
  "Options\n  /think <level|default>  |  /model <id>  |  /fast status|auto|on|off|default  |  /verbose on|off|full  |  /trace on|off|raw",
  "Status\n  /status  |  /tasks  |  /whoami  |  /context",
  "Skills\n  /skill <name> [input]",
  "More: /commands, /tools",
].join("\n\n");

import { commandsText, HELP_TEXT } from "./catalog.ts";
import type { Answers, CommandAnswer, CommandContext } from "./context.ts";
import { ELSEWHERE_ANSWERS } from "./elsewhere.ts";
import { exec, LEVEL_ANSWERS } from "./levels.ts";
import { listModels, model } from "./model-answers.ts";
import { queue } from "./queue-answer.ts";
import { context, statusText } from "./status-answers.ts";

/** How many skills are named before the rest is only counted. */
const SKILLS_SHOWN = 8;

const ANSWERS: Answers = {
  ...LEVEL_ANSWERS,
  ...ELSEWHERE_ANSWERS,
  help: () => ({ text: HELP_TEXT }),
  commands: () => ({ text: commandsText() }),
  status: (about) => ({ text: statusText(about), isOutOfContext: true }),
  context,
  whoami: ({ request }) => ({
    text: `🧭 Identity\nChannel: webchat\nUser id: ${request.client.id}\nAllowFrom: ${request.client.id}`,
  }),
  stop: () => ({ text: "⚙️ Agent was aborted." }),
  reset: () => ({ text: "✅ Session reset.", reset: "reset", isNotice: true }),
  new: () => ({ text: "✅ New session started.", reset: "new", isNotice: true }),
  name: rename,
  exec,
  model,
  models: listModels,
  queue,
  skill,
  tools,
  tasks,
};

/** The answer of a command of the catalogue. */
export async function answer(name: string, about: CommandContext): Promise<CommandAnswer> {
  const answers = ANSWERS[name];
  return answers === undefined ? { text: `/${name} is not available on this gateway.` } : answers(about);
}

function rename({ argument, entry }: CommandContext): CommandAnswer {
  if (argument !== "") return { text: `✅ Session renamed to “${argument}”.`, change: { label: argument } };
  const how = "Use /name <title> to set a name (mirrors the session manager).";
  return {
    text:
      entry?.label === undefined
        ? `This session has no custom name yet.\n${how}`
        : `Current session name: ${entry.label}\n${how}`,
  };
}

async function skill({ argument, skillNames }: CommandContext): Promise<CommandAnswer> {
  const names = await skillNames();
  const rest = names.length - SKILLS_SHOWN;
  const usage = [
    "Usage: /skill <name> [input]",
    "",
    `Available: ${names.slice(0, SKILLS_SHOWN).join(", ")}`,
    ...(rest > 0 ? [`More: /commands (${rest} more)`] : []),
  ].join("\n");
  const wanted = argument.split(/\s+/, 1)[0] ?? "";
  return { text: wanted === "" ? usage : `Unknown skill: ${wanted}\n\n${usage}` };
}

async function tools({ argument, toolNames }: CommandContext): Promise<CommandAnswer> {
  if (!["", "compact", "verbose"].includes(argument.toLowerCase())) {
    return { text: "Usage: /tools [compact|verbose]" };
  }
  const names = await toolNames();
  const more = argument === "" || argument === "compact" ? ["", "Use /tools verbose for descriptions."] : [];
  return {
    text: [
      "Available tools",
      "",
      "Profile: full",
      "",
      "Built-in tools",
      `  ${names.join(", ")}`,
      ...more,
    ].join("\n"),
  };
}

async function tasks({ argument, taskLines }: CommandContext): Promise<CommandAnswer> {
  if (argument !== "") return { text: "Usage: /tasks" };
  const lines = await taskLines();
  return {
    text:
      lines.length === 0
        ? "📋 Tasks\nTask runs: none active or recent for this session."
        : ["📋 Tasks", ...lines].join("\n"),
  };
}

import { thinkingDefault, thinkingLevels } from "../models/index.ts";
import type { EntryChange } from "../sessions/index.ts";
import { type Answers, type CommandAnswer, type CommandContext, modelOf, withExtra } from "./context.ts";

const THINKING = ["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"];

/** Settings of a session that are one word each. */
export const LEVEL_ANSWERS: Answers = {
  think,
  fast,
  usage,
  send,
  verbose: (context) =>
    toggle(context, "verboseLevel", "verbose level", ["on", "full", "off"], {
      off: "⚙️ Verbose logging disabled.",
      on: "⚙️ Verbose logging enabled.",
      full: "⚙️ Verbose logging set to full.",
    }),
  trace: (context) =>
    toggle(context, "traceLevel", "trace level", ["on", "off", "raw"], {
      off: "⚙️ Trace disabled.",
      on: "⚙️ Trace enabled. Warning: trace output may contain sensitive information.",
      raw: "⚙️ Trace set to raw. Warning: trace output may contain sensitive information.",
    }),
  reasoning: (context) =>
    toggle(context, "reasoningLevel", "reasoning level", ["on", "off", "stream"], {
      on: "⚙️ Reasoning visibility enabled.",
      off: "⚙️ Reasoning visibility disabled.",
      stream: "⚙️ Reasoning stream enabled.",
    }),
  elevated: ({ request }) => ({
    text: [
      "elevated is not available right now (runtime=direct).",
      "Failing gates: allowFrom (tools.elevated.allowFrom.webchat)",
      "Fix-it keys:",
      "- tools.elevated.enabled",
      "- tools.elevated.allowFrom.<provider>",
      "- agents.entries.*.tools.elevated.enabled",
      "- agents.entries.*.tools.elevated.allowFrom.<provider>",
      `See: openclaw sandbox explain --session ${request.sessionKey}`,
    ].join("\n"),
  }),
  activation: () => ({ text: "⚙️ Group activation only applies to group chats." }),
};

export function levelOf(context: CommandContext): string {
  return context.entry?.thinkingLevel ?? thinkingDefault(modelOf(context).model);
}

function think(context: CommandContext): CommandAnswer {
  const word = context.argument.toLowerCase();
  const level = word === "on" ? "low" : word;
  const { name, model } = modelOf(context);
  const levels = thinkingLevels(model).map(({ id }) => id);
  if (level === "") {
    return { text: `Current thinking level: ${levelOf(context)}.\nOptions: default, ${levels.join(", ")}.` };
  }
  if (level === "default") {
    return { text: "Thinking level reset to default.", change: { thinkingLevel: undefined } };
  }
  if (!levels.includes(level)) {
    return THINKING.includes(level)
      ? {
          text: `Thinking level "${level}" is not supported for ${name}. Use one of: ${levels.join(", ")}.`,
          isRefusal: true,
        }
      : {
          text: `Unrecognized thinking level "${context.argument}". Valid levels: default, ${levels.join(", ")}.`,
        };
  }
  const text = level === "off" ? "Thinking disabled." : `Thinking level set to ${level}.`;
  return { text, change: { thinkingLevel: level } };
}

function toggle(
  { argument, entry }: CommandContext,
  member: "verboseLevel" | "traceLevel" | "reasoningLevel",
  what: string,
  options: readonly string[],
  texts: Readonly<Record<string, string>>,
): CommandAnswer {
  const level = argument.toLowerCase();
  if (level === "") {
    return { text: `Current ${what}: ${entry?.[member] ?? "off"}.\nOptions: ${options.join(", ")}.` };
  }
  const text = texts[level];
  return text === undefined
    ? { text: `Unrecognized ${what} "${argument}". Valid levels: ${Object.keys(texts).join(", ")}.` }
    : { text, change: { [member]: level } };
}

function fast({ argument, entry }: CommandContext): CommandAnswer {
  const mode = argument.toLowerCase();
  const now = entry?.fastMode;
  const word = now === undefined ? "off (default)" : `${now === "auto" ? now : now ? "on" : "off"} (session)`;
  if (mode === "" || mode === "status") {
    const options = mode === "" ? "\nOptions: on, off, auto (60 sec), default, status." : "";
    return { text: `Current fast mode: ${word}.${options}` };
  }
  const choices: Readonly<Record<string, readonly [string, EntryChange]>> = {
    on: ["⚙️ Fast mode enabled.", { fastMode: true }],
    off: ["⚙️ Fast mode disabled.", { fastMode: false }],
    auto: ["⚙️ Fast mode set to auto.", { fastMode: "auto" }],
    default: ["⚙️ Fast mode reset to default.", { fastMode: undefined }],
  };
  const [text, change] = choices[mode] ?? [];
  return text === undefined || change === undefined
    ? { text: `Unrecognized fast mode "${argument}". Valid levels: on, off, auto, default, status.` }
    : { text, change };
}

function usage({ argument, entry }: CommandContext): CommandAnswer {
  const order = ["off", "tokens", "full"];
  const current = entry?.responseUsage ?? "off";
  const word = argument.toLowerCase();
  if (word === "cost") return { text: usageCost(entry?.estimatedCostUsd ?? 0) };
  if (word === "reset" || word === "default") {
    return { text: "⚙️ Usage footer: reset to default.", change: { responseUsage: undefined } };
  }
  const next =
    word === "" ? order[(order.indexOf(current) + 1) % order.length] : word === "on" ? "tokens" : word;
  if (next === undefined || !order.includes(next)) {
    return { text: "⚙️ Usage: /usage off|tokens|full|reset|cost" };
  }
  return { text: `⚙️ Usage footer: ${next}.`, change: { responseUsage: next } };
}

function usageCost(dollars: number): string {
  return `💸 Usage cost\nSession $${dollars.toFixed(4)}`;
}

function send({ argument }: CommandContext): CommandAnswer {
  const word = argument.toLowerCase();
  const policies: Readonly<Record<string, string | undefined>> = {
    on: "allow",
    off: "deny",
    inherit: undefined,
  };
  if (!Object.hasOwn(policies, word)) return { text: "⚙️ Usage: /send on|off|inherit" };
  return { text: `⚙️ Send policy set to ${word}.`, change: { sendPolicy: policies[word] } };
}

const HOSTS = ["auto", "sandbox", "gateway", "node"];
const EXEC_WORDS: Readonly<Record<string, readonly string[]>> = {
  host: HOSTS,
  security: ["deny", "allowlist", "full"],
  ask: ["off", "on-miss", "always"],
};

/** Where commands run is kept; how strict they are held to is a matter of the run that says so. */
export function exec({ argument, entry }: CommandContext): CommandAnswer {
  const host = String(entry?.extra?.["execHost"] ?? "auto");
  if (argument === "") {
    const effective = host === "auto" ? "gateway" : host;
    return {
      text: [
        `Current exec defaults: host=${host}, effective=${effective}, security=full, ask=off, node=${entry?.execNode ?? "(unset)"}.`,
        "Options: host=auto|sandbox|gateway|node, security=deny|allowlist|full, ask=off|on-miss|always, node=<id>.",
      ].join("\n"),
    };
  }
  const given: (readonly [string, string])[] = [];
  for (const word of argument.split(/\s+/)) {
    const [name = "", value] = word.split(/[=:]/, 2);
    const valid = EXEC_WORDS[name];
    if (value === undefined || (valid === undefined && name !== "node")) {
      return { text: `Unexpected argument "${word}" for /exec.` };
    }
    if (valid !== undefined && !valid.includes(value)) {
      return {
        text: `Unrecognized exec ${name} "${value}". Valid${name === "host" ? " hosts" : ""}: ${valid.join(", ")}.`,
      };
    }
    given.push([name, value]);
  }
  const of = (names: readonly string[]) => given.filter(([name]) => names.includes(name));
  const told = (pairs: typeof given) => pairs.map(([name, value]) => `${name}=${value}`).join(", ");
  const [kept, passing] = [of(["host", "node"]), of(["security", "ask"])];
  const { host: newHost, node } = Object.fromEntries(kept);
  return {
    text: [
      ...(kept.length === 0 ? [] : [`⚙️ Exec defaults set (${told(kept)}).`]),
      ...(passing.length === 0 ? [] : [`⚙️ Exec policy for this run only (${told(passing)}).`]),
    ].join(" "),
    change: {
      ...(newHost === undefined ? {} : withExtra(entry, { execHost: newHost })),
      ...(node === undefined ? {} : { execNode: node }),
    },
  };
}

import type { Clock } from "../../platform/clock.ts";
import type { Agents } from "../agents/index.ts";
import type { Model, Models } from "../models/index.ts";
import type { RunRequest } from "../runs/index.ts";
import type { Entry, EntryChange } from "../sessions/index.ts";
import { commandsText, HELP_TEXT } from "./catalog.ts";

/** What a command wants to happen besides being answered. */
export interface CommandAnswer {
  readonly text: string;
  /** Changes the session and tells subscribers that it was patched. */
  readonly change?: EntryChange;
  /** Puts the conversation aside before the answer is written. */
  readonly reset?: "new" | "reset";
  /** A notice about the session rather than a reply: clients show it differently. */
  readonly isNotice?: true;
  /** The command says nothing that the model needs to know. */
  readonly isOutOfContext?: true;
}

export interface CommandContext {
  readonly agents: Agents;
  readonly models: Models;
  readonly clock: Clock;
  readonly version: string;
  readonly upSince: number;
  readonly request: RunRequest;
  readonly entry: Entry | undefined;
  readonly argument: string;
}

const LEVELS = ["off", "minimal", "low", "medium", "high"] as const;
const QUEUE_MODES = ["steer", "followup", "collect", "interrupt"];
const QUEUE_OPTIONS =
  "Options: modes steer, followup, collect, interrupt; debounce:<ms|s|m>, cap:<n>, drop:old|new|summarize.";

const ANSWERS: Readonly<Record<string, (context: CommandContext) => CommandAnswer>> = {
  help: () => ({ text: HELP_TEXT }),
  commands: () => ({ text: commandsText() }),
  status: (context) => ({ text: statusText(context), isOutOfContext: true }),
  whoami: ({ request }) => ({
    text: `🧭 Identity\nChannel: webchat\nUser id: ${request.client.id}\nAllowFrom: ${request.client.id}`,
  }),
  usage: usage,
  stop: () => ({ text: "⚙️ Agent was aborted." }),
  reset: () => ({ text: "✅ Session reset.", reset: "reset", isNotice: true }),
  new: () => ({ text: "✅ New session started.", reset: "new", isNotice: true }),
  name: rename,
  think: think,
  verbose: (context) =>
    toggle(context, "verboseLevel", {
      on: "⚙️ Verbose logging enabled.",
      full: "⚙️ Verbose logging set to full.",
      off: "⚙️ Verbose logging disabled.",
    }),
  reasoning: (context) =>
    toggle(context, "reasoningLevel", {
      on: "⚙️ Reasoning visibility enabled.",
      stream: "⚙️ Reasoning stream enabled.",
      off: "⚙️ Reasoning visibility disabled.",
    }),
  model: chooseModel,
  models: listModels,
  queue: queue,
};

/** The answer of a command of the catalogue. */
export function answer(name: string, context: CommandContext): CommandAnswer {
  return ANSWERS[name]?.(context) ?? { text: `Unknown command: /${name}` };
}

function modelOf({ agents, models, request, entry }: CommandContext): {
  name: string;
  model: Model | undefined;
} {
  const override =
    entry?.modelOverride === undefined ? undefined : `${entry.providerOverride ?? ""}/${entry.modelOverride}`;
  const name = override ?? agents.get(request.agentId)?.model ?? "";
  return { name, model: models.resolve(name) };
}

function levelsOf(model: Model | undefined): readonly string[] {
  return model?.reasoning === true ? LEVELS : ["off"];
}

function levelOf(context: CommandContext): string {
  return context.entry?.thinkingLevel ?? (modelOf(context).model?.reasoning === true ? "medium" : "off");
}

function think(context: CommandContext): CommandAnswer {
  const level = context.argument.toLowerCase();
  const levels = levelsOf(modelOf(context).model);
  if (level === "") {
    return { text: `Current thinking level: ${levelOf(context)}.\nOptions: default, ${levels.join(", ")}.` };
  }
  if (level === "default") {
    return { text: "Thinking level reset to default.", change: { thinkingLevel: undefined } };
  }
  if (!levels.includes(level)) {
    return { text: `Unrecognized thinking level "${context.argument}". Valid levels: ${levels.join(", ")}.` };
  }
  const text = level === "off" ? "Thinking disabled." : `Thinking level set to ${level}.`;
  return { text, change: { thinkingLevel: level } };
}

function usage({ argument, entry }: CommandContext): CommandAnswer {
  const order = ["off", "tokens", "full"];
  const current = entry?.responseUsage ?? "off";
  const next = argument === "" ? order[(order.indexOf(current) + 1) % order.length] : argument.toLowerCase();
  if (next === undefined || !order.includes(next)) return { text: "⚙️ Usage: /usage off|tokens|full|cost" };
  return { text: `⚙️ Usage footer: ${next}.`, change: { responseUsage: next } };
}

function toggle(
  { argument, entry }: CommandContext,
  member: "verboseLevel" | "reasoningLevel",
  texts: Readonly<Record<string, string>>,
): CommandAnswer {
  const level = argument.toLowerCase();
  const options = Object.keys(texts).join(", ");
  if (level === "") return { text: `Current level: ${entry?.[member] ?? "off"}.\nOptions: ${options}.` };
  const text = texts[level];
  return text === undefined
    ? { text: `Unrecognized level "${argument}". Valid levels: ${options}.` }
    : { text, change: { [member]: level } };
}

function rename({ argument, entry }: CommandContext): CommandAnswer {
  if (argument === "") return { text: `Session name: ${entry?.label ?? "none"}` };
  return { text: `Session renamed to ${argument}.`, change: { label: argument } };
}

function chooseModel(context: CommandContext): CommandAnswer {
  const { agents, models, request } = context;
  const wanted = context.argument.replace(/\s+-s$/, "");
  const configured = agents.get(request.agentId)?.model ?? "";
  if (wanted === "") {
    return {
      text: [
        `Current: ${modelOf(context).name}`,
        `Think: ${levelOf(context)} (change with /think <level>)`,
        "Session: /model <provider/model> -s",
        "Browse: /models (providers) or /models <provider> (models)",
      ].join("\n"),
    };
  }
  if (wanted === "default" || wanted === "reset") {
    return {
      text: `Session model reset to configured default (${configured}).`,
      change: { modelOverride: undefined, providerOverride: undefined, modelOverrideSource: undefined },
    };
  }
  const model = models.resolve(wanted) ?? models.list().find((one) => one.id === wanted);
  if (model === undefined) return { text: `Unknown model: ${wanted}` };
  return {
    text: `Model set to ${model.provider}/${model.id} for this session only; configured default unchanged.`,
    change: { modelOverride: model.id, providerOverride: model.provider, modelOverrideSource: "user" },
  };
}

function listModels({ models, argument }: CommandContext): CommandAnswer {
  const all = models.list();
  if (argument !== "") {
    const lines = all
      .filter((model) => model.provider === argument)
      .map((model) => `- ${argument}/${model.id}`);
    return lines.length === 0
      ? { text: `Unknown provider: ${argument}` }
      : { text: [`Models (${argument}):`, ...lines, "", "Switch: /model <provider/model>"].join("\n") };
  }
  const counts = Map.groupBy(all, (model) => model.provider);
  const lines = [...counts].map(([provider, own]) => `- ${provider} (${own.length})`);
  return {
    text: ["Providers:", ...lines, "", "Use: /models <provider>", "Switch: /model <provider/model>"].join(
      "\n",
    ),
  };
}

function queue({ argument, entry }: CommandContext): CommandAnswer {
  const mode = argument.split(/\s+/)[0]?.toLowerCase() ?? "";
  const { queueMode: current, ...extra } = entry?.extra ?? {};
  if (mode === "") {
    return {
      text: `Current queue settings: mode=${String(current ?? "steer")}, debounce=500ms, cap=20, drop=summarize.\n${QUEUE_OPTIONS}`,
    };
  }
  if (mode === "default" || mode === "reset") {
    return { text: "⚙️ Queue mode reset to default.", change: { extra } };
  }
  return QUEUE_MODES.includes(mode)
    ? { text: `⚙️ Queue mode set to ${mode}.`, change: { extra: { ...extra, queueMode: mode } } }
    : { text: `Unrecognized queue mode "${argument}". Valid modes: ${QUEUE_MODES.join(", ")}.` };
}

function short(tokens: number): string {
  return tokens < 1_000 ? String(tokens) : `${Math.round(tokens / 1_000)}k`;
}

function statusText(context: CommandContext): string {
  const { entry, clock, version, upSince, request } = context;
  const window = modelOf(context).model?.contextWindow ?? 0;
  const used = entry?.totalTokens ?? 0;
  const percent = window === 0 ? 0 : Math.round((used / window) * 100);
  const upMinutes = Math.floor((clock.elapsed() - upSince) / 60_000);
  const tokens =
    entry?.inputTokens === undefined
      ? []
      : [`🧮 Tokens: ${entry.inputTokens} in / ${entry.outputTokens ?? 0} out`];
  return [
    `Understudy for OpenClaw ${version}`,
    `⏱️ Uptime: gateway ${upMinutes}m`,
    `🧠 Model: ${modelOf(context).name}`,
    ...tokens,
    `📚 Context: ${short(used)}/${short(window)} (${percent}%)`,
    `🧵 Session: ${request.sessionKey}`,
    `🎛️ Modes: think ${levelOf(context)} · usage ${entry?.responseUsage ?? "off"}`,
    `🪢 Queue: ${String(entry?.extra?.["queueMode"] ?? "steer")}`,
  ].join("\n");
}

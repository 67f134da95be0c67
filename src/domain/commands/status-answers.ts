import { uptime } from "node:os";
import { isoTime } from "../../platform/iso.ts";
import { type CommandAnswer, type CommandContext, modelOf } from "./context.ts";
import { levelOf } from "./levels.ts";

const MODES = ["list", "detail", "map", "json"];

/** What a session runs on, as one page. */
export function statusText(context: CommandContext): string {
  const { entry, clock, version, upSince, request } = context;
  const now = clock.now();
  const window = modelOf(context).model?.contextWindow ?? 0;
  const used = entry?.totalTokens;
  return [
    `Understudy for OpenClaw ${version}`,
    `Current time: ${longTime(now)} (UTC)`,
    `Reference UTC: ${isoTime(now).slice(0, 16).replace("T", " ")} UTC`,
    `⏱️ Uptime: gateway ${duration(clock.elapsed() - upSince)} · system ${duration(uptime() * 1_000)}`,
    "",
    `🧠 Model: ${modelOf(context).name}`,
    "",
    ...tokenLines(context),
    `📚 Context: ${used === undefined ? "?" : short(used)}/${short(window)}${percent(used, window)}`,
    "",
    `🧵 Session: ${request.sessionKey} • duration ${duration(now - (entry?.createdAt ?? now))} • updated just now`,
    "",
    "⚙️ Execution: direct",
    "🤖 Runtime: OpenClaw Default",
    `🎛️ Modes: think ${levelOf(context)} · fast ${fastWord(entry?.fastMode)}`,
    `🪢 Queue: ${String(entry?.extra?.["queueMode"] ?? context.config.current().messages.queue.mode ?? "steer")}`,
  ].join("\n");
}

/** `Friday, November 20th, 2026 - 9:40 PM` */
function longTime(now: number): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }).format(now);
  const day = Number(part({ day: "numeric" }));
  const end = ["th", "st", "nd", "rd"][day % 100 > 10 && day % 100 < 14 ? 0 : day % 10] ?? "th";
  const clock = part({ hour: "numeric", minute: "2-digit" });
  return `${part({ weekday: "long" })}, ${part({ month: "long" })} ${day}${end}, ${part({ year: "numeric" })} - ${clock}`;
}

function tokenLines({ entry }: CommandContext): readonly string[] {
  if (entry?.inputTokens === undefined) return [];
  return [
    `🧮 Tokens: ${entry.inputTokens} in / ${entry.outputTokens ?? 0} out`,
    `💵 Cost: $${(entry.estimatedCostUsd ?? 0).toFixed(4)}`,
    "🗄️ Cache: 0% hit · 0 cached, 0 new",
  ];
}

function fastWord(mode: boolean | "auto" | undefined): string {
  if (mode === "auto") return mode;
  return mode === true ? "on" : "off";
}

function percent(used: number | undefined, window: number): string {
  return used === undefined || window === 0 ? "" : ` (${Math.round((used / window) * 100)}%)`;
}

function short(tokens: number): string {
  return tokens < 1_000 ? String(tokens) : `${Math.round(tokens / 1_000)}k`;
}

/** Two units, the larger first: `3h 17m`, `5m 33s`, `4s`. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const first = units.findIndex(([count]) => count > 0);
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(" ");
}

/** What the model is given besides the conversation. */
export async function context(about: CommandContext): Promise<CommandAnswer> {
  const mode = about.argument.toLowerCase();
  if (mode === "") {
    return {
      text: [
        "🧠 /context",
        "",
        "What goes to the model with each message. Try:",
        "- /context list   (what there is)",
        "- /context detail (the same, one by one)",
        "- /context json   (for programs)",
      ].join("\n"),
    };
  }
  if (!MODES.includes(mode)) {
    return {
      text: "Unknown /context mode.\nUse: /context, /context list, /context detail, /context map, or /context json",
    };
  }
  const [skills, tools] = await Promise.all([about.skillNames(), about.toolNames()]);
  const { name, model } = modelOf(about);
  const facts = {
    model: name,
    contextWindow: model?.contextWindow ?? null,
    workspace: about.agents.get(about.request.agentId)?.workspace ?? null,
    skills,
    tools,
  };
  if (mode === "json") return { text: JSON.stringify(facts, null, 2) };
  return {
    text: [
      `🧠 Context breakdown${mode === "detail" ? " (detailed)" : ""}`,
      `Workspace: ${facts.workspace ?? ""}`,
      `Skills: ${skills.join(", ")}`,
      `Tools: ${tools.join(", ")}`,
      `Session tokens (cached): ${about.entry?.totalTokens ?? "unknown"} / ctx=${facts.contextWindow ?? "?"}`,
    ].join("\n"),
  };
}

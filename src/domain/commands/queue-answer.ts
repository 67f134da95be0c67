import { type CommandAnswer, type CommandContext, withExtra } from "./context.ts";

export const QUEUE_MODES: readonly string[] = ["steer", "followup", "collect", "interrupt"];
const DROPS = ["old", "new", "summarize"];
const UNITS: Readonly<Record<string, number>> = { "": 1, ms: 1, s: 1_000, m: 60_000 };

interface Step {
  readonly text: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** What happens to messages that come during a run: a mode, and up to three bounds. */
export function queue(context: CommandContext): CommandAnswer {
  const { argument, entry } = context;
  const words = argument.split(/\s+/).filter(Boolean);
  if (words.length === 0) return { text: current(context) };
  if (words[0] === "default" || words[0] === "reset") {
    const none = {
      queueMode: undefined,
      queueDebounceMs: undefined,
      queueCap: undefined,
      queueDrop: undefined,
    };
    return { text: "⚙️ Queue mode reset to default.", change: withExtra(entry, none) };
  }
  const steps: Step[] = [];
  for (const word of words) {
    const step = stepOf(word);
    if (typeof step === "string") return { text: step };
    steps.push(step);
  }
  const change = Object.assign({}, ...steps.map((step) => step.change)) as Record<string, unknown>;
  return { text: steps.map(({ text }) => text).join(" "), change: withExtra(entry, change) };
}

/** What a word changes, or what is wrong with it. */
function stepOf(word: string): Step | string {
  const [name = "", value = ""] = word.toLowerCase().split(/[:=]/, 2);
  switch (name) {
    case "debounce": {
      const [, digits, unit = ""] = /^(\d+)(ms|s|m)?$/.exec(value) ?? [];
      if (digits === undefined) {
        return `Invalid debounce "${value}". Use ms/s/m (e.g. debounce:1500ms, debounce:2s).`;
      }
      const ms = Number(digits) * (UNITS[unit] ?? 1);
      return { text: `⚙️ Queue debounce set to ${ms}ms.`, change: { queueDebounceMs: ms } };
    }
    case "cap": {
      const cap = Number(value);
      if (!Number.isSafeInteger(cap) || cap < 1) {
        return `Invalid cap "${value}". Use a positive integer (e.g. cap:10).`;
      }
      return { text: `⚙️ Queue cap set to ${cap}.`, change: { queueCap: cap } };
    }
    case "drop":
      if (!DROPS.includes(value)) {
        return `Invalid drop policy "${value}". Use drop:old, drop:new, or drop:summarize.`;
      }
      return { text: `⚙️ Queue drop set to ${value}.`, change: { queueDrop: value } };
    default:
      if (!QUEUE_MODES.includes(word.toLowerCase())) {
        return `Unrecognized queue mode "${word}". Valid modes: ${QUEUE_MODES.join(", ")}.`;
      }
      return { text: `⚙️ Queue mode set to ${name}.`, change: { queueMode: name } };
  }
}

function current({ entry, config }: CommandContext): string {
  const { queueMode, queueDebounceMs, queueCap, queueDrop } = entry?.extra ?? {};
  const mode = queueMode ?? config.current().messages.queue.mode ?? "steer";
  return [
    `Current queue settings: mode=${String(mode)}, debounce=${String(queueDebounceMs ?? 500)}ms, cap=${String(queueCap ?? 20)}, drop=${String(queueDrop ?? "summarize")}.`,
    "Options: modes steer, followup, collect, interrupt; debounce:<ms|s|m>, cap:<n>, drop:old|new|summarize.",
  ].join("\n");
}

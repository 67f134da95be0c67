import type { Speech } from "../voice/index.ts";
import { type CommandAnswer, type CommandContext, withExtra } from "./context.ts";

const LIMIT = { usual: 1_500, min: 100, max: 4_096 };

/** Whether and how answers are spoken: for everybody, or for this chat alone. */
export async function tts(context: CommandContext, speech: Speech): Promise<CommandAnswer> {
  const [action = "status", value = ""] = context.argument.toLowerCase().split(/\s+/).filter(Boolean);
  switch (action) {
    case "on":
      await speech.setEnabled(true);
      return { text: "🔊 TTS enabled." };
    case "off":
      await speech.setEnabled(false);
      return { text: "🔇 TTS disabled." };
    case "status":
      return { text: await status(context, speech) };
    case "chat":
      return forChat(context, value);
    case "provider":
      return { text: await provider(speech, value) };
    case "limit":
      return { text: limit(value) };
    case "summary":
      return { text: "📝 TTS auto-summary: on.\n\nTo change: /tts summary on | off" };
    case "audio":
      return { text: "🎤 Generate audio from text.\n\nUsage: /tts audio <text>" };
    default:
      return { text: HELP };
  }
}

const HELP = [
  "🔊 TTS: on, off, or what it is set to",
  "/tts on | off | status",
  "/tts provider [name]",
  "/tts limit [number]",
  "/tts summary [on|off]",
  "/tts audio <text>",
  "/tts chat on | off | default",
].join("\n");

async function status({ entry }: CommandContext, speech: Speech): Promise<string> {
  const { auto, provider: name } = await speech.preferences();
  const own = entry?.extra?.["ttsAuto"];
  return [
    "📊 TTS status",
    `State: ${auto === "off" ? "❌ disabled" : "✅ enabled"}`,
    `Chat override: ${typeof own === "string" ? (own === "off" ? "off" : "on") : "default"}`,
    `Provider: ${name} (❌ not configured)`,
    "Persona: none",
    `Text limit: ${LIMIT.usual} chars`,
    "Auto-summary: on",
  ].join("\n");
}

function forChat({ entry }: CommandContext, value: string): CommandAnswer {
  const choices: Readonly<Record<string, readonly [string, string | undefined]>> = {
    on: ["🔊 TTS enabled for this chat.", "always"],
    off: ["🔇 TTS disabled for this chat.", "off"],
    default: ["🔊 TTS chat override cleared.", undefined],
  };
  const choice = choices[value];
  if (choice === undefined) return { text: HELP };
  return { text: choice[0], change: withExtra(entry, { ttsAuto: choice[1] }) };
}

async function provider(speech: Speech, value: string): Promise<string> {
  const { provider: name } = await speech.preferences();
  if (value === "") {
    return `🎙️ TTS provider\nPrimary: ${name}\nOpenAI: ❌\nxAI: ❌\nUsage: /tts provider <id>`;
  }
  try {
    return `✅ TTS provider set to ${await speech.setProvider(value)}.`;
  } catch (error) {
    return `❌ ${error instanceof Error ? error.message : String(error)}`;
  }
}

function limit(value: string): string {
  if (value === "") {
    return `📏 TTS limit: ${LIMIT.usual} characters.\n\nTo change: /tts limit <number>`;
  }
  const wanted = Number(value);
  return Number.isInteger(wanted) && wanted >= LIMIT.min && wanted <= LIMIT.max
    ? "The limit cannot be changed on this gateway: nothing is spoken yet."
    : `❌ Limit must be between ${LIMIT.min} and ${LIMIT.max} characters.`;
}

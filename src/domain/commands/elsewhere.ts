import { section } from "../config/index.ts";
import { acp } from "./acp-answer.ts";
import { approve } from "./approve-answer.ts";
import type { Answers, CommandContext } from "./context.ts";
import { subagents } from "./subagents-answer.ts";

const NO_BINDINGS =
  "⚠️ /session idle and /session max-age are currently available only on channels that support conversation binding lifecycle updates.";

/** compat(CH17): no network is there to be notified through. */
const PAIR_TEXTS: Readonly<Record<string, string>> = {
  notify: "Pairing notifications are currently supported only on Telegram.",
};

/** Commands for what is not in a chat with the gateway itself: networks, groups, other programs, turned-off parts. */
export const ELSEWHERE_ANSWERS: Answers = {
  session: ({ argument }) => {
    const [action] = argument.toLowerCase().split(/\s+/);
    if (action === "idle" || action === "max-age") return { text: NO_BINDINGS };
    if (action === "unbind") return { text: "ℹ️ This conversation is not currently bound." };
    return {
      text: "Usage: /session idle <duration|off> | /session max-age <duration|off> | /session unbind (example: /session idle 24h)",
    };
  },
  subagents,
  agents: () => ({ text: "agents:\n-----\n(none)" }),
  steer: () => ({ text: "Usage: /steer <message>" }),
  btw: () => ({ text: "Usage: /btw [side question]" }),
  loop: () => ({
    text: "Usage: /loop [interval] <prompt> | /loop status | /loop stop [name]",
  }),
  approve,
  allowlist: (context) => ({
    text:
      /^(?:add|remove)\b/i.test(context.argument) && !isOn(context, "config")
        ? "⚠️ /allowlist edits are disabled. Set commands.config=true to enable."
        : "⚠️ webchat does not expose allowlist configuration.",
  }),
  acp,
  login: ({ argument }) => {
    if (/^cancel\b/i.test(argument)) return { text: "No provider login is active in this chat." };
    if (/^refresh\b/i.test(argument)) {
      return { text: "Sign-in status refreshed. Send /models to see available models." };
    }
    return { text: "Keys of model providers are set in the configuration of this gateway." };
  },
  config: (context) => ({ text: turnedOff(context, "config") }),
  debug: (context) => ({ text: turnedOff(context, "debug") }),
  mcp: (context) => ({ text: turnedOff(context, "mcp") }),
  plugins: (context) => ({ text: turnedOff(context, "plugins") }),
  bash: (context) => ({
    text: isOn(context, "bash")
      ? "/bash is not available on this gateway."
      : "⚠️ bash is disabled. Set commands.bash=true to enable. Docs: https://docs.openclaw.ai/tools/slash-commands#configuration",
  }),
  voice: ({ config }) => ({
    text:
      config.snapshot().source["talk"] === undefined
        ? "Talk voice is not configured.\n\nMissing: talk.provider and talk.providers.<provider>.\nSet it on the gateway, then retry."
        : "/voice is not available on this gateway.",
  }),
  pair: ({ argument, config }) => ({
    text:
      PAIR_TEXTS[argument.toLowerCase()] ??
      (/^(?:status|approve|pending)\b/i.test(argument) || config.current().gateway.bind !== "loopback"
        ? "No pending device pairing requests."
        : "Error: Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve, or configure plugins.entries.device-pair.config.publicUrl."),
  }),
};

function isOn({ config }: CommandContext, name: string): boolean {
  return section(config.snapshot().source, "commands")[name] === true;
}

function turnedOff(context: CommandContext, name: string): string {
  return isOn(context, name)
    ? `/${name} is not available on this gateway.`
    : `⚠️ /${name} is disabled. Set commands.${name}=true to enable.`;
}

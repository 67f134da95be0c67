import type { Config } from "../config/index.ts";

/** The heartbeat of an agent, as `health` tells it. */
export interface Heartbeat {
  readonly enabled: boolean;
  readonly every: string;
  readonly everyMs: number | null;
  readonly prompt: string;
  readonly target: string;
  readonly ackMaxChars: number;
}

const EVERY_DEFAULT = "30m";
const ACK_CHARS_DEFAULT = 300;
const PROMPT_DEFAULT =
  "Look at your standing notes for this monitor and act on what is due. When nothing is, answer NO_REPLY.";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Settings of the agent itself go before those of all agents. */
export function heartbeatOf(config: Config, agentId: string): Heartbeat {
  const own = objectOf(config.agents.entries.find(({ id }) => id === agentId)?.["heartbeat"]);
  const settings = { ...objectOf(config.agents.defaults["heartbeat"]), ...own };
  const every = textOf(settings["every"]) ?? EVERY_DEFAULT;
  const everyMs = durationOf(every);
  const ackMaxChars = settings["ackMaxChars"];
  return {
    enabled: everyMs !== null && everyMs > 0,
    every,
    everyMs,
    prompt: textOf(settings["prompt"]) ?? PROMPT_DEFAULT,
    target: textOf(settings["target"]) ?? "owner",
    ackMaxChars: typeof ackMaxChars === "number" ? ackMaxChars : ACK_CHARS_DEFAULT,
  };
}

/** `30m`, `1h30m`, or a bare number of minutes. */
function durationOf(text: string): number | null {
  const bare = /^\d+(?:\.\d+)?$/.test(text.trim()) ? `${text.trim()}m` : text.trim();
  const parts = [...bare.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== bare) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  // The configuration was checked when it was read; a section is an object or absent.
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

import type { AgentDefaults, AgentEntry } from "../config/index.ts";

const EVERY_DEFAULT = "30m";
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Agents with a heartbeat of their own, or, when none has one, the default agent; `0m` turns a beat off. */
export function heartbeatPlan(
  config: { readonly defaults: AgentDefaults; readonly entries: readonly AgentEntry[] },
  defaultId: string,
): readonly { readonly agentId: string; readonly everyMs: number }[] {
  const shared = everyOf(config.defaults["heartbeat"]);
  const own = config.entries.filter((entry) => entry["heartbeat"] !== undefined);
  const chosen = own.length > 0 ? own : config.entries.filter((entry) => entry.id === defaultId);
  return chosen.map((entry) => ({
    agentId: entry.id,
    everyMs: durationMs(everyOf(entry["heartbeat"]) ?? shared ?? EVERY_DEFAULT),
  }));
}

function everyOf(block: unknown): string | undefined {
  if (typeof block !== "object" || block === null) return undefined;
  const every: unknown = Reflect.get(block, "every");
  return typeof every === "string" ? every : undefined;
}

/** `90s`, `1h30m`; a bare number is minutes. What cannot be read is off. */
export function durationMs(text: string): number {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+$/.test(trimmed)) return Number(trimmed) * UNIT_MS.m;
  let total = 0;
  const rest = trimmed.replaceAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g, (_, amount: string, unit) => {
    total += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
    return "";
  });
  return rest.trim() === "" ? Math.round(total) : 0;
}

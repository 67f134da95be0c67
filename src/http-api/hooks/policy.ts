import type { Agents } from "../../domain/agents/index.ts";
import { type HookSettings, said } from "./settings.ts";

export interface Owner {
  readonly agentId: string;
}

export interface HookRefusal {
  readonly error: string;
}

/** The agent that a hook is for. A request has to name one that there is; a mapping falls back to the default. */
export function ownerOf(
  named: string | undefined,
  settings: HookSettings,
  agents: Agents,
  isMapped: boolean,
): Owner | HookRefusal {
  const wanted = named?.trim().toLowerCase();
  const known = wanted === undefined ? undefined : agents.get(wanted)?.id;
  if (wanted !== undefined && known === undefined && !isMapped)
    return { error: `unknown agentId "${named}"` };
  const agentId = known ?? agents.defaultId;
  const allowed = settings.allowedAgentIds;
  if (allowed !== undefined && !allowed.includes("*") && !allowed.includes(agentId)) {
    return { error: "agentId is not allowed by hooks.allowedAgentIds" };
  }
  return { agentId };
}

const DISABLED =
  "sessionKey is disabled for externally supplied hook payload values; set hooks.allowRequestSessionKey=true to enable";

/** The key that a hook names, if it may; `isOwn` when the operator wrote it into the configuration. */
export function sessionKeyOf(
  named: string | undefined,
  settings: HookSettings,
  isOwn: boolean,
): string | HookRefusal | undefined {
  const key = said(named);
  if (key !== undefined && !isOwn && !settings.allowsSessionKey) return { error: DISABLED };
  const wanted = key ?? settings.defaultSessionKey;
  return wanted === undefined ? undefined : prefixed(wanted, settings);
}

function prefixed(key: string, { sessionKeyPrefixes: prefixes }: HookSettings): string | HookRefusal {
  const plain = key.toLowerCase().replace(/^agent:[^:]+:/, "");
  if (prefixes.length === 0 || prefixes.some((prefix) => plain.startsWith(prefix))) return key;
  return { error: `sessionKey must start with one of: ${prefixes.join(", ")}` };
}

/** `tools` of the configuration, or of one agent, as the file has it. */
export type ToolPolicy = Readonly<Record<string, unknown>>;

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "group:fs": ["ls", "read", "write", "edit", "apply_patch"],
  "group:runtime": ["exec", "process"],
  "group:sessions": [
    "sessions_list",
    "sessions_history",
    "sessions_search",
    "sessions_send",
    "sessions_spawn",
    "sessions_yield",
    "subagents",
    "session_status",
  ],
};

/** What a profile contains of the tools that are here; `full` is everything. */
const PROFILES: Readonly<Record<string, readonly string[]>> = {
  minimal: ["session_status"],
  messaging: ["sessions_list", "sessions_history", "sessions_send", "session_status"],
  coding: ["group:fs", "group:runtime", "group:sessions"],
};

/** A profile is where one starts, `allow` narrows it, `alsoAllow` widens it, and `deny` has the last word. */
export function isAllowed(tool: string, policy: ToolPolicy): boolean {
  if (matches(tool, policy["deny"])) return false;
  if (matches(tool, policy["alsoAllow"])) return true;
  const { profile } = policy;
  const base = typeof profile === "string" ? PROFILES[profile] : undefined;
  if (base !== undefined && !matches(tool, base)) return false;
  const { allow } = policy;
  return !Array.isArray(allow) || allow.length === 0 || matches(tool, allow);
}

/** Names are compared without regard to case; `*` stands for anything, `group:…` for its members. */
function matches(tool: string, list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  return list.some((entry: unknown) => {
    if (typeof entry !== "string") return false;
    const name = entry.trim().toLowerCase();
    const members = GROUPS[name];
    if (members !== undefined) return members.includes(tool);
    if (!name.includes("*")) return name === tool || (name === "bash" && tool === "exec");
    return wildcard(name).test(tool);
  });
}

function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split("*")
      .map((part) => RegExp.escape(part))
      .join(".*")}$`,
  );
}

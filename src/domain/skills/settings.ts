import { type JsonRecord, section } from "../config/index.ts";

export interface SkillChange {
  readonly enabled?: boolean;
  readonly apiKey?: string;
  readonly env?: Readonly<Record<string, unknown>>;
}

/** The configuration with other settings for a skill. An empty key or variable is taken away. */
export function withSkillSettings(
  config: JsonRecord,
  skillKey: string,
  change: SkillChange,
): { config: JsonRecord; settings: JsonRecord } {
  const skills = section(config, "skills");
  const entries = section(skills, "entries");
  const before = section(entries, skillKey);
  const { apiKey = before["apiKey"], env = {}, enabled = before["enabled"] } = change;
  const variables = Object.entries({ ...section(before, "env"), ...env });
  const changed = {
    ...before,
    enabled,
    apiKey: typeof apiKey === "string" && apiKey.trim() === "" ? undefined : apiKey,
    env:
      change.env === undefined
        ? before["env"]
        : Object.fromEntries(variables.filter(([, value]) => value !== "")),
  };
  const settings = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  return {
    config: { ...config, skills: { ...skills, entries: { ...entries, [skillKey]: settings } } },
    settings,
  };
}

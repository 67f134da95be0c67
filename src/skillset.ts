import type { Agents } from "./domain/agents/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createHooks, type Hooks } from "./domain/hooks/index.ts";
import { createSkills, type Skills } from "./domain/skills/index.ts";

export interface Skillset {
  readonly skills: Skills;
  readonly hooks: Hooks;
}

/** Puts together what agents learn from folders: skills, and the hooks beside them. */
export function composeSkillset(parts: {
  readonly config: ConfigSource;
  readonly agents: Agents;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Skillset {
  const skills = createSkills(parts);
  return { skills, hooks: createHooks({ ...parts, skills }) };
}

import path from "node:path";
import type { Agents } from "./domain/agents/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Publisher } from "./domain/events.ts";
import { createHooks, type Hooks } from "./domain/hooks/index.ts";
import { createSkills, type Skills } from "./domain/skills/index.ts";
import { createUploads, type Uploads } from "./domain/uploads/index.ts";
import { createWorkshop, type Workshop } from "./domain/workshop/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

export interface Skillset {
  readonly skills: Skills;
  readonly hooks: Hooks;
  readonly uploads: Uploads;
  readonly workshop: Workshop;
}

/** Puts together what agents learn from folders: skills, the hooks beside them, and where new skills are made. */
export function composeSkillset(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly database: Database;
  readonly events: Publisher;
  readonly agents: Agents;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Skillset {
  const skills = createSkills({
    ...parts,
    onChange: () => parts.events.publish("chat.metadata.changed", {}),
  });
  const documents = createDocuments(parts.database);
  return {
    skills,
    hooks: createHooks({ ...parts, skills }),
    uploads: createUploads({
      ...parts,
      documents,
      folder: path.join(parts.config.stateDir, "understudy", "uploads"),
    }),
    workshop: createWorkshop({ ...parts, documents }),
  };
}

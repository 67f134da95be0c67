import type { Conversation } from "./conversation.ts";
import { type Changes, createChanges } from "./domain/changes/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { type Assistant, createAssistant, createSetup, type Setup } from "./domain/setup/index.ts";
import { createWizards, type Wizards } from "./domain/wizards/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

export interface Guidance {
  readonly assistant: Assistant;
  readonly changes: Changes;
  readonly setup: Setup;
  readonly wizards: Wizards;
}

/** Puts together what leads an operator to a gateway that works: wizards, trials of models, and one to ask. */
export function composeGuidance(
  parts: Conversation & {
    readonly config: ConfigSource;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly database: Database;
    readonly port: () => number;
  },
): Guidance {
  const { agents, clock, config, database, ids } = parts;
  const documents = createDocuments(database);
  const changes = createChanges({ documents, clock });
  const facts = (): string =>
    [
      `The gateway listens on port ${parts.port()}.`,
      `Its configuration is ${config.path}.`,
      `Its agents: ${agents
        .list()
        .map(({ id, model }) => `${id} with the model ${model}`)
        .join(", ")}.`,
    ].join("\n");
  return {
    assistant: createAssistant({ ...parts, documents, facts }),
    changes,
    setup: createSetup({
      ...parts,
      changes,
      change: async (edit) =>
        (await import("./domain/config/edit.ts")).changeConfig(edit, { config, clock, changes }),
    }),
    wizards: createWizards(ids),
  };
}

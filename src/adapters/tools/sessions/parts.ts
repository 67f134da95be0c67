import type { Agents } from "../../../domain/agents/index.ts";
import type { History } from "../../../domain/chat/index.ts";
import type { Runs } from "../../../domain/runs/index.ts";
import type { Sessions } from "../../../domain/sessions/index.ts";
import type { Subagents } from "../../../domain/subagents/index.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Ids } from "../../../platform/ids.ts";

/** The nouns that tools about sessions work with. */
export interface SessionToolParts {
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly agents: Agents;
  readonly subagents: Subagents;
  readonly history: History;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly defaultModel: () => string;
}

/** An agent looks after its own sessions, as one who may do everything there. */
export const AGENT_VIEWER = { scopes: ["operator.admin", "operator.read", "operator.write"] } as const;

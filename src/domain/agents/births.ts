import type { Clock } from "../../platform/clock.ts";
import type { Documents } from "../documents/index.ts";

/** When and by whom an agent was made; agents that somebody wrote into the file have none. */
export interface Birth {
  readonly createdAt: number;
  readonly createdVia: "operator";
  /** The agent that made it; operators are none. */
  readonly creatorAgentId: null;
}

export interface Births {
  of(agentId: string): Promise<Birth | undefined>;
  /** An operator has made it, now. */
  record(agentId: string): Promise<void>;
  /** It is gone; another one of its name is another one. */
  forget(agentId: string): Promise<void>;
}

const SCOPE = "agent-births";

export function createBirths(documents: Documents, clock: Pick<Clock, "now">): Births {
  return {
    async of(agentId) {
      const createdAt = await documents.read(SCOPE, agentId);
      return typeof createdAt === "number"
        ? { createdAt, createdVia: "operator", creatorAgentId: null }
        : undefined;
    },
    record: (agentId) => documents.write(SCOPE, agentId, clock.now()),
    forget: (agentId) => documents.write(SCOPE, agentId, undefined),
  };
}

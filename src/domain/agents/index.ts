import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Config, ConfigSource } from "../config/index.ts";

export { type Births, createBirths } from "./births.ts";
export { knownAgent, mustName, normalId } from "./known-agent.ts";
export { agentOwnership } from "./ownership.ts";

/** An agent of the roster, with its workspace and model settled from the configuration. */
export interface Agent {
  readonly id: string;
  readonly isDefault: boolean;
  readonly name?: string;
  readonly workspace: string;
  /** `provider/model`. */
  readonly model: string;
  /** What answers in its place when it does not, in this order; the same form. */
  readonly fallbacks: readonly string[];
  readonly identity?: Readonly<Record<string, unknown>>;
}

export interface Agents {
  list(): readonly Agent[];
  get(agentId: string): Agent | undefined;
  readonly defaultId: string;
}

/** Looks at the configuration at each call: a reload is in force at once. The roster of one is put together once. */
export function createAgents(config: ConfigSource): Agents {
  let source: Config | undefined;
  let roster: readonly Agent[] = [];
  let byId: ReadonlyMap<string, Agent> = new Map();
  const list = (): readonly Agent[] => {
    const current = config.current();
    if (current === source) return roster;
    source = current;
    roster = settle(current);
    byId = new Map(roster.map((agent) => [agent.id, agent]));
    return roster;
  };
  const settle = ({ agents: { defaults, entries } }: Config): Agent[] => {
    const marked = entries.findIndex((entry) => entry.default);
    const defaultIndex = marked < 0 ? 0 : marked;
    return entries.map((entry, index) => {
      const isDefault = index === defaultIndex;
      return {
        id: entry.id,
        isDefault,
        ...(entry.name === undefined ? {} : { name: entry.name }),
        ...(entry.identity === undefined ? {} : { identity: entry.identity }),
        workspace: entry.workspace ?? ownWorkspace(defaults.workspace, entry.id, isDefault),
        model: entry.model?.primary ?? defaults.model.primary,
        fallbacks: (entry.model ?? defaults.model).fallbacks,
      };
    });
  };
  return {
    list,
    get(agentId) {
      list();
      return byId.get(agentId);
    },
    get defaultId() {
      return list().find((agent) => agent.isDefault)?.id ?? "main";
    },
  };
}

/** The agent of a request that names one. */
export function requireAgent(agents: Agents, agentId: string): Agent {
  const agent = agents.get(agentId);
  if (agent === undefined) throw invalidRequest(`agent "${agentId}" not found`);
  return agent;
}

/** Only the default agent lives in the default workspace; the others get a sibling, so that they do not mix. */
export function ownWorkspace(workspace: string, agentId: string, isDefault: boolean): string {
  return isDefault ? workspace : `${path.dirname(workspace)}/${path.basename(workspace)}-${agentId}`;
}

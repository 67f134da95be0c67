import type { HelloSource } from "./connection/hello.ts";
import { type Agents, agentOwnership } from "./domain/agents/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Health } from "./domain/health/index.ts";
import type { Presence } from "./domain/presence/index.ts";
import type { Suspension } from "./domain/suspension/index.ts";
import { HIDDEN, TOPICS } from "./methods/registry.gen.ts";

export interface GreetingParts {
  readonly agents: Agents;
  readonly config: ConfigSource;
  readonly health: Health;
  readonly presence: Presence;
  readonly suspension: Suspension;
  readonly bootId: string;
  readonly uptimeMs: () => number;
  /** A mark of the configuration in force; clients compare it with the one of the file. */
  readonly configHash: () => string | undefined;
}

/** What `hello-ok` says of the gateway's state, put together from the nouns that know it. */
export function composeGreeting(parts: GreetingParts): HelloSource {
  const { config, health, presence, suspension } = parts;
  return {
    methods: Object.keys(TOPICS).filter((method) => !HIDDEN.has(method)),
    bootId: parts.bootId,
    snapshot() {
      const configHash = parts.configHash();
      return {
        suspension: { phase: suspension.phase },
        presence: presence.list(),
        // Empty until the first snapshot is taken, in the first moments after the start.
        health: health.latest ?? {},
        stateVersion: { presence: presence.version, health: health.version },
        uptimeMs: parts.uptimeMs(),
        ...(configHash === undefined ? {} : { appliedConfigHash: configHash }),
        sessionDefaults: sessionDefaults(parts),
      };
    },
    readerSnapshot: () => ({
      updateSchedule: { channel: "stable", autoEnabled: false, install: { kind: "package" } },
    }),
    adminSnapshot: () => ({
      configPath: config.path,
      stateDir: config.stateDir,
      authMode: config.current().gateway.auth.mode,
    }),
  };
}

function sessionDefaults({ agents, config }: GreetingParts): Record<string, unknown> {
  const { scope, mainKey } = config.current().session;
  return {
    defaultAgentId: agents.defaultId,
    modelConfigured: config.current().agents.defaults.model.primary !== "",
    ...agentOwnership(config.current()),
    mainKey,
    mainSessionKey: scope === "global" ? "global" : `agent:${agents.defaultId}:${mainKey}`,
    scope,
  };
}

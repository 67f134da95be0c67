import type { BuildMark } from "./build-mark.ts";
import type { Greeted, HelloSource } from "./connection/hello.ts";
import { type Agents, agentOwnership } from "./domain/agents/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Health } from "./domain/health/index.ts";
import { controlUiParts, type Plugins, type Surfaces } from "./domain/plugins/index.ts";
import type { Presence } from "./domain/presence/index.ts";
import type { Suspension } from "./domain/suspension/index.ts";
import type { Updates } from "./domain/updates/index.ts";
import { HIDDEN, TOPICS } from "./methods/registry.gen.ts";

export interface GreetingParts {
  readonly agents: Agents;
  readonly config: ConfigSource;
  readonly health: Health;
  readonly plugins: Plugins;
  readonly presence: Presence;
  readonly surfaces: Surfaces;
  readonly updates: Updates;
  readonly suspension: Suspension;
  readonly bootId: string;
  readonly build: () => BuildMark;
  readonly uptimeMs: () => number;
  /** A mark of the configuration in force; clients compare it with the one of the file. */
  readonly configHash: () => string | undefined;
}

/** What `hello-ok` says of the gateway's state, put together from the nouns that know it. */
export function composeGreeting(parts: GreetingParts): HelloSource {
  const { config, health, presence, suspension } = parts;
  return {
    // compat(network/origins): a browser on this very machine may sign in to connectors.
    methods: (peer) => (isOwnBrowser(peer) ? parts.plugins.methods() : advertised(parts.plugins)),
    bootId: parts.bootId,
    build: () => ({ ...parts.build() }),
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
    readerSnapshot: () => {
      const updateSchedule = parts.updates.schedule();
      return updateSchedule === undefined ? {} : { updateSchedule };
    },
    pluginParts: (peer) => pluginParts(parts, peer),
    adminSnapshot: () => ({
      configPath: config.path,
      stateDir: config.stateDir,
      authMode: config.current().gateway.auth.mode,
    }),
  };
}

/** What is answered, as the reference orders it: a plugin that is switched off takes its methods along. */
export function advertised(plugins: Plugins): readonly string[] {
  return Object.keys(TOPICS).filter((method) => !HIDDEN.has(method) && !plugins.isDormant(method));
}

/** A page that this gateway served, at an address which only this machine has. */
function isOwnBrowser({ isLoopback, origin, host }: Greeted): boolean {
  if (!isLoopback || origin === undefined || !URL.canParse(origin)) return false;
  const { host: from, hostname } = new URL(origin);
  return from === host && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

const TICKETS_SINCE_PROTOCOL = 4;

/** compat(connection/hello): a list without rows is left out, and so are pages that a node did not announce. */
function pluginParts({ plugins, surfaces }: GreetingParts, peer: Greeted): Record<string, unknown> {
  const shown = Object.entries(controlUiParts(plugins, peer.scopes)).filter(([, rows]) => rows.length > 0);
  const isNode = peer.role === "node";
  const mayOpen = (surface: string): boolean =>
    !isNode || (peer.protocolMax >= TICKETS_SINCE_PROTOCOL && peer.caps.includes(surface));
  const pages = plugins.surfaces().filter(mayOpen);
  if (pages.length === 0 || peer.host === undefined) return Object.fromEntries(shown);
  const urls = pages.map((page) => [page, surfaces.issue(peer.connId, page, peer.host ?? "").url]);
  return { ...Object.fromEntries(shown), pluginSurfaceUrls: Object.fromEntries(urls) };
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

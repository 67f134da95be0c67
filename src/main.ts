import type { ConnectParams } from "../schemas/handshake.ts";
import { createTokenAuthenticator } from "./auth/token-only.ts";
import { Connection, type ConnectionDeps } from "./connection/connection.ts";
import type { HelloSource } from "./connection/hello.ts";
import { createDispatcher } from "./dispatch/dispatch.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createHealth } from "./domain/health/health.ts";
import { createPresence } from "./domain/presence/presence.ts";
import { createFanOut } from "./events/fan-out.ts";
import type { Deps } from "./methods/deps.ts";
import { TOPICS } from "./methods/registry.gen.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { type Ids, systemIds } from "./platform/ids.ts";
import { type Log, silentLog } from "./platform/log.ts";
import { listen } from "./transport/listen.ts";

export interface GatewayOptions {
  readonly config: ConfigSource;
  /** Beats the configured port; 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
}

export interface Gateway extends AsyncDisposable {
  /** `ws://…`, as a client would write it. */
  readonly url: string;
  readonly port: number;
  readonly address: string;
  close(): Promise<void>;
}

/** Puts the parts together and listens. The only place that knows all of them. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, clock = systemClock, ids = systemIds, log = silentLog } = options;
  const startedAt = clock.elapsed();
  const fanOut = createFanOut({
    stateVersion: () => ({ presence: presence.version, health: health.version }),
  });
  const presence = createPresence({ clock, events: fanOut });
  const health = createHealth({ clock });
  const deps: Deps = {
    agents: absent("agents"),
    clock,
    config,
    devices: absent("devices"),
    events: fanOut,
    health,
    idempotency: absent("idempotency"),
    identity: absent("identity"),
    ids,
    log,
    models: absent("models"),
    nodes: absent("nodes"),
    presence,
    runs: absent("runs"),
    sessions: absent("sessions"),
  };
  const dispatcher = createDispatcher({ topics: TOPICS, deps, log });
  const hello: HelloSource = {
    methods: dispatcher.methods,
    bootId: ids.uuid(),
    snapshot: (isAdmin) => ({
      suspension: { phase: "accepting" },
      presence: presence.list(),
      stateVersion: { presence: presence.version, health: health.version },
      uptimeMs: Math.round(clock.elapsed() - startedAt),
      ...(isAdmin
        ? {
            configPath: config.path,
            stateDir: config.stateDir,
            authMode: config.current().gateway.auth.mode,
          }
        : {}),
    }),
  };
  const connectionDeps: ConnectionDeps = {
    authenticator: createTokenAuthenticator(config),
    checkConnectParams: connectParamsCheck(),
    clock,
    dispatcher,
    fanOut,
    hello,
    ids,
    log,
    onConnected: () => {},
    onDisconnected: () => {},
  };
  const address = options.host ?? "127.0.0.1";
  const transport = await listen({
    host: address,
    port: options.port ?? config.current().gateway.port,
    open: (socket, peer) => new Connection(socket, peer, connectionDeps),
  });
  const close = () => transport.close();
  return {
    url: `ws://${address}:${transport.port}`,
    port: transport.port,
    address,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Loaded with the first connection, so that listening does not wait for it. */
function connectParamsCheck(): ConnectionDeps["checkConnectParams"] {
  let pending: Promise<(params: unknown) => string | undefined> | undefined;
  return async (params) => {
    pending ??= import("./connection/connect-params.ts").then((module) => module.compileConnectParams());
    return (await pending)(params);
  };
}

/** Holds the place of a noun that is not composed yet: any use says which one. */
function absent<Noun extends object>(name: string): Noun {
  const complain = () => {
    throw new Error(`${name} is not composed yet`);
  };
  // A proxy has no type of its own; whatever is asked of it throws.
  return new Proxy({}, { get: complain }) as Noun;
}

export type { ConnectParams };

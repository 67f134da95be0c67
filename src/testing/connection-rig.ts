import type { ConnectParams } from "../../schemas/handshake.ts";
import type { Authenticator, Peer } from "../auth/admission.ts";
import { Connection, type ConnectionDeps } from "../connection/connection.ts";
import type { Dispatcher } from "../dispatch/dispatch.ts";
import { createFanOut } from "../events/fan-out.ts";
import { systemIds } from "../platform/ids.ts";
import { silentLog } from "../platform/log.ts";
import { connectParams } from "./client.ts";
import { createTestClock } from "./clock.ts";
import { MemorySocket } from "./memory-socket.ts";

const PEER: Peer = { address: "127.0.0.1", isLoopback: true, headers: {}, isProxied: false };

/** Admits everybody with what they ask for. */
const OPEN_DOOR: Authenticator<ConnectParams> = {
  admit: (params) =>
    Promise.resolve({
      kind: "accepted",
      role: params.role === "node" ? "node" : "operator",
      scopes: params.scopes ?? [],
      method: "none",
      auth: {},
    }),
};

/** Answers every request with its method. */
const ECHO: Dispatcher = {
  dispatch: (request, _caller, _signal, reply) => reply.ok({ method: request.method }),
};

/** Connections over sockets in memory, with everything around them replaceable. */
export function connectionRig(overrides: Partial<ConnectionDeps> = {}) {
  const clock = createTestClock();
  const fanOut = createFanOut({ stateVersion: () => ({ presence: 1, health: 1 }) });
  const deps: ConnectionDeps = {
    authenticator: OPEN_DOOR,
    checkParams: () => Promise.resolve(undefined),
    clock,
    dispatcher: ECHO,
    fanOut,
    hello: {
      methods: () => [],
      pluginParts: () => ({}),
      bootId: "boot",
      build: () => ({}),
      snapshot: () => ({}),
      readerSnapshot: () => ({}),
      adminSnapshot: () => ({}),
    },
    ids: systemIds,
    isStarting: () => false,
    log: silentLog,
    onConnected: () => {},
    onClosed: () => {},
    ...overrides,
  };
  const open = () => {
    const socket = new MemorySocket();
    const connection = new Connection(socket, PEER, deps);
    const say = (frame: unknown): void => connection.receive(Buffer.from(JSON.stringify(frame)));
    return { socket, connection, say };
  };
  return {
    clock,
    fanOut,
    open,
    /** A connection whose handshake is done. */
    async connect(options: { scopes?: readonly string[]; role?: string; caps?: readonly string[] } = {}) {
      const opened = open();
      opened.say({ type: "req", id: "c", method: "connect", params: connectParams("", options) });
      // The handshake waits for two promises, which settle before the next turn.
      await new Promise((resolve) => setImmediate(resolve));
      return opened;
    },
  };
}

import { CLOSE, type Close } from "../../schemas/close.ts";
import type { Peer } from "../auth/admission.ts";
import type { Caller } from "../methods/method.ts";
import { Connection, type ConnectionDeps } from "./connection.ts";
import type { Inbox, Socket } from "./socket.ts";

/** Every connection of the gateway, from the upgrade on. */
export interface Connections {
  open(socket: Socket, peer: Peer): Inbox;
  /** Peers that have shaken hands. */
  callers(): readonly Caller[];
  close(connId: string, close: Close): void;
  /** Tells every peer that the gateway goes away; resolves when all sockets are gone. */
  closeAll(): Promise<void>;
}

export function createConnections(deps: ConnectionDeps): Connections {
  const all = new Map<string, Connection>();
  const callers = new Map<string, Caller>();
  let onEmpty: (() => void) | undefined;

  const watched: ConnectionDeps = {
    ...deps,
    onConnected(connection, caller, params) {
      callers.set(caller.connId, caller);
      deps.onConnected(connection, caller, params);
    },
    onClosed(connection, caller) {
      all.delete(connection.connId);
      callers.delete(connection.connId);
      deps.onClosed(connection, caller);
      if (all.size === 0) onEmpty?.();
    },
  };

  return {
    open(socket, peer) {
      const connection = new Connection(socket, peer, watched);
      all.set(connection.connId, connection);
      return connection;
    },
    callers: () => [...callers.values()],
    close: (connId, close) => all.get(connId)?.close(close),
    closeAll() {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (all.size === 0) return Promise.resolve();
      onEmpty = resolve;
      for (const connection of all.values()) connection.close(CLOSE.serviceRestart);
      return promise;
    },
  };
}

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { POLICY } from "../../schemas/policy.ts";
import type { Peer } from "../auth/admission.ts";
import type { Inbox, Socket } from "../connection/socket.ts";
import type { Clock } from "../platform/clock.ts";
import { type ProxyTrust, peerOf } from "./peer.ts";
import { PreAuthSockets } from "./pre-auth.ts";
import { PROXY_ATTRIBUTION_REQUIRED, refuseRequest, refuseUpgrade, TOO_MANY_SOCKETS } from "./refuse.ts";
import { WsSocket } from "./web-socket.ts";

// Not imported: an import of node:http reads each of its exports, and one of them loads the whole of undici, which
// costs a start tens of milliseconds and the process some megabytes.
const { createServer } = process.getBuiltinModule("node:http");

/** Answers plain HTTP. `peer` is undefined where a proxy's word cannot be believed. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse, peer: Peer) => void;

export interface ListenOptions {
  /** The first one decides the port when `port` is 0. */
  readonly hosts: readonly string[];
  readonly port: number;
  readonly clock: Clock;
  readonly trust: () => ProxyTrust;
  /** Takes in a WebSocket that was just opened. */
  readonly open: (socket: Socket, peer: Peer) => Inbox;
  readonly http: HttpHandler;
}

export interface Transport {
  readonly port: number;
  /** Takes no new sockets or requests. Those that are there go on. */
  stopAccepting(): void;
  /** Ends what is left and frees the port. */
  close(): Promise<void>;
}

/** Probes of liveness are answered whoever asks, also through a proxy that nobody configured. */
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(["/health", "/healthz"]);

/** One port for HTTP and WebSocket, on every address asked for. */
export async function listen(options: ListenOptions): Promise<Transport> {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: POLICY.preAuthFrameBytesMax,
  });
  const upgrade = upgradeHandler(sockets, options);
  const servers: Server[] = [];
  let port = options.port;
  for (const host of options.hosts) {
    const server = createServer(requestHandler(options)).on("upgrade", upgrade);
    // oxlint-disable-next-line no-await-in-loop -- the first address decides the port of the others
    port = await listenOn(server, host, port);
    servers.push(server);
  }
  return {
    port,
    stopAccepting() {
      for (const server of servers) server.close();
    },
    async close() {
      for (const ws of sockets.clients) ws.terminate();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map(closed));
    },
  };
}

async function listenOn(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  await promise;
  server.off("error", reject);
  // A TCP server that listens has an AddressInfo.
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}

function requestHandler(
  options: ListenOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const peer = peerOf(request, options.trust());
    const path = request.url?.split("?", 1)[0] ?? "";
    if (peer !== undefined) return options.http(request, response, peer);
    if (!ALWAYS_ANSWERED.has(path)) return refuseRequest(response, PROXY_ATTRIBUTION_REQUIRED);
    options.http(request, response, { address: "", isLoopback: false, headers: {}, isProxied: true });
  };
}

function upgradeHandler(
  sockets: WebSocketServer,
  options: ListenOptions,
): (request: IncomingMessage, stream: Duplex, head: Buffer) => void {
  const preAuth = new PreAuthSockets();
  return (request, stream, head) => {
    const peer = peerOf(request, options.trust());
    if (peer === undefined) return refuseUpgrade(stream, PROXY_ATTRIBUTION_REQUIRED);
    if (!preAuth.take(peer.address)) return refuseUpgrade(stream, TOO_MANY_SOCKETS);
    let isCounted = true;
    const release = (): void => {
      if (isCounted) preAuth.release(peer.address);
      isCounted = false;
    };
    stream.once("close", release);
    sockets.handleUpgrade(request, stream, head, (ws) => {
      const socket = new WsSocket(ws, options.clock, release);
      socket.attach(options.open(socket, peer));
    });
  };
}

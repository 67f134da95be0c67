import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { POLICY } from "../../schemas/policy.ts";
import type { Peer } from "../auth/admission.ts";
import type { Inbox, Socket } from "../connection/socket.ts";

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly open: (socket: Socket, peer: Peer) => Inbox;
}

export interface Transport {
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** One port for HTTP and WebSocket. */
export async function listen(options: ListenOptions): Promise<Transport> {
  const server = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: POLICY.preAuthFrameBytesMax,
    clientTracking: true,
    skipUTF8Validation: false,
  });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    sockets.handleUpgrade(request, stream, head, (ws) => attach(ws, peerOf(request), options));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    // A TCP server that listens has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    server,
    async close() {
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function peerOf(request: IncomingMessage): Peer {
  const address = request.socket.remoteAddress ?? "";
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return { address, isLoopback: isLoopback(address), headers, isProxied: false };
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.replace(/^::ffff:/, "").startsWith("127.");
}

function attach(ws: WebSocket, peer: Peer, options: ListenOptions): void {
  const socket: Socket = {
    send: (frame) => {
      if (ws.readyState === WebSocket.OPEN) ws.send(frame, { binary: false });
    },
    close: (code, reason) => ws.close(code, reason),
    destroy: () => ws.terminate(),
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    setFrameBytesMax: () => {},
  };
  const inbox = options.open(socket, peer);
  ws.on("message", (data: Buffer) => inbox.receive(data));
  ws.on("error", () => {});
  ws.on("close", () => inbox.closed());
}

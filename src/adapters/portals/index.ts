import { timingSafeEqual } from "node:crypto";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import type { PortalListener } from "../../domain/portals/index.ts";

const LOOPBACK = "127.0.0.1";
const QUERY = "openclaw_portal";
const DENIED = "<!doctype html><meta charset=utf-8><title>Private portal</title><p>This link is private.</p>";

/**
 * Forwards what comes with the token, in the address or in the cookie that the address sets, and nothing else. Each
 * portal is an origin of its own, so that a page behind one cannot read the gateway's.
 */
export const portalListener: PortalListener = {
  open(port, token) {
    const server = createServer((request, response) => {
      const listenPort = portOf(request);
      const visit = admit(request, token, listenPort);
      if (visit === undefined) return deny(response);
      if (visit.isByAddress) {
        const cookie = `${cookieName(listenPort)}=${token}; HttpOnly; SameSite=Lax; Path=/`;
        response.setHeader("Set-Cookie", cookie);
      }
      response.setHeader("Referrer-Policy", "no-referrer");
      forward(request, response, port, visit.path);
    });
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const visit = admit(request, token, portOf(request));
      if (visit === undefined)
        return void socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
      tunnel(request, socket, head, port, visit.path);
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, LOOPBACK, () => {
        server.unref();
        resolve({
          // A server that listens on a port has an address of this shape.
          listenPort: (server.address() as AddressInfo).port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        });
      });
    });
  },
};

function portOf(request: IncomingMessage): number {
  return request.socket.localPort ?? 0;
}

function cookieName(listenPort: number): string {
  return `${QUERY}_${listenPort}`;
}

/** The path without the token, when the visitor has it; undefined otherwise. */
function admit(
  request: IncomingMessage,
  token: string,
  listenPort: number,
): { path: string; isByAddress: boolean } | undefined {
  const url = new URL(request.url ?? "/", `http://${LOOPBACK}`);
  const isByAddress = isSame(url.searchParams.get(QUERY) ?? "", token);
  const name = cookieName(listenPort);
  const cookies = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  const isByCookie = cookies.some(([key, value]) => key === name && isSame(value ?? "", token));
  if (!isByAddress && !isByCookie) return undefined;
  url.searchParams.delete(QUERY);
  return { path: url.pathname + url.search, isByAddress };
}

function isSame(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function deny(response: ServerResponse): void {
  response.writeHead(401, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  });
  response.end(DENIED);
}

/** The program behind the portal is not told the token, and believes that it was asked directly. */
function headersFor(request: IncomingMessage, port: number): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = value;
  const cookies = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const kept = cookies.filter((pair) => pair !== "" && !pair.startsWith(`${QUERY}_`));
  delete headers["cookie"];
  return {
    ...headers,
    host: `${LOOPBACK}:${port}`,
    ...(kept.length === 0 ? {} : { cookie: kept.join("; ") }),
  };
}

function forward(request: IncomingMessage, response: ServerResponse, port: number, path: string): void {
  const options = { host: LOOPBACK, port, path, headers: headersFor(request, port) };
  const onward = httpRequest({ ...options, method: request.method ?? "GET" }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { "Content-Type": "text/plain; charset=utf-8" }).end("Bad Gateway");
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

/** A WebSocket passes through as bytes. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, port: number, path: string): void {
  const onward = connect(port, LOOPBACK, () => {
    const headers = Object.entries(headersFor(request, port));
    const lines = headers.map(([name, value]) => `${name}: ${String(value)}`);
    onward.write(`${request.method ?? "GET"} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
  socket.on("close", () => onward.destroy());
}

import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { Gateway, GatewayControl } from "../launch/gateway.ts";
import type { Fault, Frame, HttpAnswer } from "./fault.ts";

const SOCKETS_MAX = 2000;
const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** A gateway with a fault: the real one, behind a proxy that changes what passes. */
export interface Sabotaged extends Gateway {
  /** Ends the proxy; the gateway behind it goes on. */
  [Symbol.asyncDispose](): Promise<void>;
}

export async function sabotage(gateway: Gateway, fault: Fault): Promise<Sabotaged> {
  const proxy = new FaultyProxy(gateway, fault);
  const port = await proxy.listen();
  return {
    name: gateway.name,
    token: gateway.token,
    password: gateway.password,
    home: gateway.home,
    tape: gateway.tape,
    startedInMs: gateway.startedInMs,
    port,
    url: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    control: gateway.control === undefined ? undefined : countingRestarts(gateway.control, proxy),
    [Symbol.asyncDispose]: () => proxy.close(),
  };
}

function countingRestarts(control: GatewayControl, proxy: FaultyProxy): GatewayControl {
  return {
    configFile: control.configFile,
    get exit() {
      return control.exit;
    },
    get logTail() {
      return control.logTail;
    },
    stop: () => control.stop(),
    kill: () => control.kill(),
    async start() {
      await control.start();
      proxy.restarts += 1;
    },
    async restart() {
      await control.restart();
      proxy.restarts += 1;
    },
  };
}

interface Asked {
  readonly method: string;
  readonly params: unknown;
}

class FaultyProxy {
  restarts = 0;
  readonly #gateway: Gateway;
  readonly #fault: Fault;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 0 });
  readonly #open = new Set<WebSocket>();

  constructor(gateway: Gateway, fault: Fault) {
    this.#gateway = gateway;
    this.#fault = fault;
    this.#server = createServer((incoming, outgoing) => this.#http(incoming, outgoing));
    this.#server.on("upgrade", (incoming, socket, head) => this.#upgrade(incoming, socket, head));
  }

  async listen(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    await promise;
    // A server that listens on a TCP port has an AddressInfo.
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.terminate();
    this.#server.closeAllConnections();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  /** The gateway is asked first, so that a refused upgrade is refused here in the same way. */
  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#open.size >= SOCKETS_MAX) {
      socket.destroy();
      return;
    }
    const { host, origin, "user-agent": agent, ...rest } = incoming.headers;
    const forwarded = Object.entries(rest).filter(([name]) => name.startsWith("x-") || name === "forwarded");
    const headers = Object.fromEntries(
      [["host", host], ["origin", origin], ["user-agent", agent], ...forwarded].filter(
        ([, value]) => value !== undefined,
      ),
    ) as Record<string, string>;
    const upstream = new WebSocket(`${this.#gateway.url}${incoming.url ?? "/"}`, {
      headers,
      perMessageDeflate: false,
      maxPayload: 0,
    });
    this.#open.add(upstream);
    upstream.on("close", () => this.#open.delete(upstream));
    // What comes before both sides are open waits here; it is bounded by the handshake's own limits.
    const early: { data: Buffer; isBinary: boolean }[] = [];
    const keep = (data: Buffer, isBinary: boolean): unknown => early.push({ data, isBinary });
    upstream.on("message", keep);
    upstream.on("unexpected-response", (_, answer) => relayRefusal(answer, socket));
    upstream.on("error", () => socket.destroy());
    upstream.once("open", () => {
      this.#sockets.handleUpgrade(incoming, socket, head, (client) => {
        upstream.off("message", keep);
        this.#join(client, upstream, early);
      });
    });
  }

  #join(client: WebSocket, upstream: WebSocket, early: readonly { data: Buffer; isBinary: boolean }[]): void {
    const connection = {};
    const asked = new Map<unknown, Asked>();
    const passing = (frame: Frame) => ({
      connection,
      method: asked.get(frame.id)?.method,
      params: asked.get(frame.id)?.params,
      restarts: this.restarts,
    });
    const down = (data: Buffer, isBinary: boolean): void => {
      const change = this.#fault.toClient?.bind(this.#fault);
      forward(client, data, isBinary, change && ((frame) => change(frame, passing(frame))));
    };
    const up = (data: Buffer, isBinary: boolean): void => {
      const frame = parseFrame(data);
      if (frame?.type === "req" && frame.method !== undefined) {
        asked.set(frame.id, { method: frame.method, params: frame["params"] });
      }
      const change = this.#fault.toGateway?.bind(this.#fault);
      forward(upstream, data, isBinary, change && ((one) => change(one, passing(one))));
    };
    client.on("message", up);
    upstream.on("message", down);
    for (const { data, isBinary } of early) down(data, isBinary);
    client.on("close", (code, reason) => hangUp(upstream, { code, reason: reason.toString() }));
    upstream.on("close", (code, reason) => {
      const close = { code, reason: reason.toString() };
      hangUp(client, this.#fault.close?.(close) ?? close);
    });
    client.on("error", () => upstream.terminate());
  }

  #http(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { port } = this.#gateway;
    const { method, url: path = "/", headers } = incoming;
    const upstream = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      void readAll(answer).then((body) => {
        const plain: HttpAnswer = {
          status: answer.statusCode ?? 500,
          headers: flat(answer.headers),
          body: body.toString("latin1"),
        };
        const out = this.#fault.http?.(plain, path) ?? plain;
        outgoing.writeHead(out.status, out.headers).end(Buffer.from(out.body, "latin1"));
      });
    });
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  }
}

function forward(
  to: WebSocket,
  data: Buffer,
  isBinary: boolean,
  change: ((frame: Frame) => readonly Frame[]) | undefined,
): void {
  const frame = change === undefined ? undefined : parseFrame(data);
  if (change === undefined || frame === undefined) {
    to.send(data, { binary: isBinary });
    return;
  }
  const out = change(frame);
  // Untouched frames keep their bytes: only the fault may make a difference.
  if (out.length === 1 && out[0] === frame) to.send(data, { binary: isBinary });
  else for (const one of out) to.send(JSON.stringify(one));
}

function parseFrame(data: Buffer): Frame | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === "object" && value !== null && "type" in value ? (value as Frame) : undefined;
  } catch {
    return undefined;
  }
}

function hangUp(socket: WebSocket, { code, reason }: { code: number; reason: string }): void {
  if (code === 1006) socket.terminate();
  else if (code === 1005) socket.close();
  else socket.close(code, reason);
}

function relayRefusal(answer: IncomingMessage, socket: Duplex): void {
  void readAll(answer).then((body) => {
    const head = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
    for (let index = 0; index < answer.rawHeaders.length; index += 2) {
      head.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`);
    }
    socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes > BODY_BYTES_MAX) break;
  }
  return Buffer.concat(parts);
}

function flat(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(
        ([name, value]) =>
          value !== undefined && !["transfer-encoding", "connection", "keep-alive"].includes(name),
      )
      .map(([name, value]) => [name, String(value)]),
  );
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { POLICY } from "../../schemas/policy.ts";
import type { Peer } from "../auth/admission.ts";
import { SECURITY_HEADERS } from "./refuse.ts";

/** One request of the HTTP API, and the way to its answer. Whoever takes it answers it exactly once. */
export interface Exchange {
  readonly method: string;
  /** The path without its query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly peer: Peer;
  /** Aborted when the client hangs up before it has its answer. */
  readonly signal: AbortSignal;
  /** The body as text; undefined when it was too large, and has been answered so. */
  readBody(bytesMax: number, tooLarge?: object): Promise<string | undefined>;
  json(status: number, payload: unknown, headers?: Readonly<Record<string, string>>): void;
  text(status: number, body: string, headers?: Readonly<Record<string, string>>): void;
  /** 204: there is nothing to say. */
  empty(): void;
  /** Begins a stream of server-sent events. */
  events(): EventStream;
}

export interface EventStream {
  write(data: string, event?: string): void;
  end(): void;
}

const TOO_LARGE = { error: { message: "Payload too large", type: "invalid_request_error" } };
const JSON_TYPE = "application/json; charset=utf-8";
const TEXT_TYPE = "text/plain; charset=utf-8";
const EVENTS_TYPE = "text/event-stream; charset=utf-8";

export function createExchange(request: IncomingMessage, response: ServerResponse, peer: Peer): Exchange {
  const [path, query] = splitUrl(request.url ?? "/");
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });

  function send(
    status: number,
    type: string,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    if (response.headersSent || response.destroyed) return;
    const isHead = request.method === "HEAD";
    response.writeHead(status, {
      ...SECURITY_HEADERS,
      ...headers,
      "content-type": type,
      "content-length": Buffer.byteLength(body),
    });
    response.end(isHead ? "" : body);
  }

  const json: Exchange["json"] = (status, payload, headers) =>
    send(status, JSON_TYPE, JSON.stringify(payload), headers);

  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: peer.headers,
    peer,
    signal: gone.signal,
    async readBody(bytesMax, tooLarge = TOO_LARGE) {
      const body = await collect(request, bytesMax);
      if (body === undefined) {
        json(413, tooLarge, { connection: "close" });
        discard(request);
      }
      return body;
    },
    json,
    text: (status, body, headers) => send(status, TEXT_TYPE, body, headers),
    empty() {
      response.writeHead(204, SECURITY_HEADERS).end();
    },
    events() {
      response.writeHead(200, {
        ...SECURITY_HEADERS,
        "content-type": EVENTS_TYPE,
        "cache-control": "no-cache",
        connection: "keep-alive",
      });
      response.flushHeaders();
      return {
        write(data, event) {
          if (response.writable)
            response.write(`${event === undefined ? "" : `event: ${event}\n`}data: ${data}\n\n`);
        },
        end: () => void response.end(),
      };
    },
  };
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf("?");
  return at === -1 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

/** Lets a peer that is still writing read its answer: what comes is thrown away, up to a bound. */
function discard(request: IncomingMessage): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > POLICY.httpDiscardBytesMax) request.destroy();
  });
}

/** The whole body, or undefined as soon as it is known to be too large. */
async function collect(request: IncomingMessage, bytesMax: number): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > bytesMax) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A request without an encoding hands out buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

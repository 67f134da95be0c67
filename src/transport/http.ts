import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { POLICY } from "../../schemas/policy.ts";
import { REFERENCE_VERSION } from "../../schemas/reference.ts";
import type { Peer } from "../auth/admission.ts";
import type { WebAnswer, WebRequest } from "./control-ui/index.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import { SECURITY_HEADERS } from "./refuse.ts";

export type GatewayPhase = "starting" | "ready" | "draining";

/** What the routes need to know of the gateway. */
export interface HttpOptions {
  readonly phase: () => GatewayPhase;
  readonly uptimeMs: () => number;
  readonly eventLoop: () => object;
  /** True when the request carries the gateway's secret. */
  readonly isAuthorized: (bearer: string | undefined) => boolean;
  /** The web surface; undefined answers mean that the path is none of its business. */
  readonly web?: (request: WebRequest) => Promise<WebAnswer | undefined>;
  /** The HTTP API; undefined where a path is none of its business. */
  readonly api?: (path: string) => ((exchange: Exchange) => void) | undefined;
}

export interface Http {
  handle(request: IncomingMessage, response: ServerResponse, peer: Peer): void;
}

const TEXT = "text/plain; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

/** The routes, on a fastify that is handed its requests: the server itself was listening before fastify was loaded. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  let serve: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const app = fastify({
    bodyLimit: POLICY.httpBodyBytesMax,
    exposeHeadRoutes: false,
    serverFactory(handler): Server {
      serve = handler;
      // Never listens: fastify wants a server to own.
      return createServer();
    },
  });
  const peers = new WeakMap<IncomingMessage, Peer>();
  app.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(SECURITY_HEADERS);
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  addProbes(app, options, (request) => peers.get(request.raw));
  app.setNotFoundHandler((request, reply) => answerRest(options, request, reply));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
    text(reply, error.statusCode ?? 500, error.statusCode === 413 ? "Payload Too Large" : "Bad Request"),
  );
  await app.ready();
  return {
    handle(request, response, peer) {
      const route = options.api?.(request.url?.split("?", 1)[0] ?? "/");
      if (route !== undefined) return route(createExchange(request, response, peer));
      peers.set(request, peer);
      serve?.(request, response);
    },
  };
}

function addProbes(
  app: FastifyInstance,
  options: HttpOptions,
  peerOf: (request: FastifyRequest) => Peer | undefined,
): void {
  /** Details may name what fails, so they are for callers on this machine and for those who know the secret. */
  const mayKnow = (request: FastifyRequest): boolean =>
    peerOf(request)?.isLoopback === true || options.isAuthorized(bearerOf(request));
  const probe = (path: string, body: (request: FastifyRequest) => [number, object]): void => {
    app.all(path, (request, reply) => {
      if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(reply, "GET, HEAD");
      const [status, payload] = body(request);
      return json(reply.header("cache-control", "no-store"), status, payload, request.method === "HEAD");
    });
  };
  for (const path of ["/health", "/healthz"]) probe(path, () => [200, { ok: true, status: "live" }]);
  for (const path of ["/ready", "/readyz"]) {
    probe(path, (request) => readiness(options, mayKnow(request)));
  }
  for (const path of ["/startup", "/startupz"]) {
    probe(path, (request) => startup(options, mayKnow(request)));
  }
}

function readiness(options: HttpOptions, mayKnow: boolean): [number, object] {
  const phase = options.phase();
  const ready = phase === "ready";
  if (!mayKnow) return [ready ? 200 : 503, { ready }];
  const failing = ready ? [] : [phase === "starting" ? "startup-sidecars" : "draining"];
  const details = { failing, uptimeMs: options.uptimeMs(), eventLoop: options.eventLoop() };
  return [ready ? 200 : 503, { ready, ...details }];
}

function startup(options: HttpOptions, mayKnow: boolean): [number, object] {
  const phase = options.phase();
  const ok = phase === "ready";
  const brief = { ok, status: ok ? "started" : phase };
  const details = {
    version: REFERENCE_VERSION,
    uptimeMs: options.uptimeMs(),
    ...(phase === "starting" ? { pendingReason: "startup-sidecars" } : {}),
  };
  return [ok ? 200 : 503, mayKnow ? { ...brief, ...details } : brief];
}

/** What no route took: the web surface, and 404 for everything that is not a page of it. */
async function answerRest(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [path = "/", query = ""] = request.url.split(/\?(.*)/s, 2);
  const isApi = path === "/v1" || path.startsWith("/v1/") || /^\/(?:health|ready|startup)z?\/$/.test(path);
  if (options.web === undefined || isApi) return text(reply, 404, "Not Found");
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const answer = await options.web({ method: request.method, path, query, headers });
  return answer === undefined ? text(reply, 404, "Not Found") : send(reply, answer);
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1]?.trim();
}

function notAllowed(reply: FastifyReply, allow: string): FastifyReply {
  return text(reply.header("allow", allow), 405, "Method Not Allowed");
}

function text(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header("content-type", TEXT).send(body);
}

function json(reply: FastifyReply, status: number, payload: object, isHead = false): FastifyReply {
  const body = JSON.stringify(payload);
  const sized = reply
    .code(status)
    .headers({ "content-type": JSON_TYPE, "content-length": Buffer.byteLength(body) });
  return isHead ? sized.send() : sized.send(body);
}

function send(reply: FastifyReply, answer: WebAnswer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

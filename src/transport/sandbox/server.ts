import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { SANDBOX_PAGE } from "./page.ts";
import { sandboxPolicy } from "./policy.ts";

/** Addresses longer than this are of nobody who means well. */
const URL_CHARS_MAX = 16_384;

/**
 * Serves the sandbox on the port beside the gateway's: another origin, from which a page of an agent cannot reach the
 * gateway's own. Undefined when the port is taken; the gateway works without.
 */
export async function openSandbox(host: string, port: number): Promise<Server | undefined> {
  const { createServer } = process.getBuiltinModule("node:http");
  const server = createServer(answer);
  const { promise, resolve } = Promise.withResolvers<Server | undefined>();
  server.once("error", () => resolve(undefined));
  server.listen(port, host, () => resolve(server));
  server.unref();
  return await promise;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url =
    (request.url ?? "").length > URL_CHARS_MAX ? null : URL.parse(request.url ?? "", "http://sandbox");
  const isAsked = url?.pathname === "/mcp-app-sandbox" && ["GET", "HEAD"].includes(request.method ?? "");
  if (url === null || !isAsked) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not Found");
    return;
  }
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": sandboxPolicy(url.searchParams.get("csp")),
    "permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-write=()",
    "cross-origin-resource-policy": "cross-origin",
    "origin-agent-cluster": "?1",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(SANDBOX_PAGE),
  });
  response.end(request.method === "HEAD" ? undefined : SANDBOX_PAGE);
}

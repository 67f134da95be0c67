import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { POLICY } from "../../../schemas/policy.ts";
import type { Grant, GrantedTools, ToolServer } from "../../domain/grants/index.ts";
import { answerRpc } from "./rpc.ts";

const LOOPBACK = "127.0.0.1";
const PATH = "/mcp";

/** Serves tools over MCP, on this machine only, to who comes with the token of a grant. */
export const mcpServer: ToolServer = {
  open(find, tools) {
    const server = createServer((request, response) => {
      serve(request, response, find, tools).catch(() => response.destroy());
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, LOOPBACK, () => {
        server.unref();
        // A server that listens on a port has an address of this shape.
        const { port } = server.address() as AddressInfo;
        resolve({
          url: `http://${LOOPBACK}:${port}${PATH}`,
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

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  find: (token: string) => Grant | undefined,
  tools: GrantedTools,
): Promise<void> {
  if (request.url !== PATH) return send(response, 404, { error: "not_found" });
  // A page in a browser has no business here, whatever name it found for this machine.
  if (request.headers.origin !== undefined) return send(response, 403, { error: "forbidden" });
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const grant = token === undefined ? undefined : find(token);
  if (grant === undefined) return send(response, 401, { error: "unauthorized" });
  if (request.method !== "POST") {
    response.setHeader("Allow", "POST");
    return send(response, 405, { error: "method_not_allowed" });
  }
  const body = await read(request);
  if (body === undefined) return send(response, 413, { error: "payload_too_large" });
  const aborted = new AbortController();
  response.on("close", () => aborted.abort());
  const { status, answer } = await answerRpc(body, grant, tools, aborted.signal);
  send(response, status, answer);
}

async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > POLICY.httpBodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  if (answer === undefined) return void response.writeHead(status).end();
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
}

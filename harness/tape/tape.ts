import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { delay } from "../launch/bounded.ts";
import type { ProviderReply } from "../scenario/provider-schema.ts";
import { anthropic } from "./anthropic.ts";
import type { Ask } from "./ask.ts";
import type { Dialect } from "./dialect.ts";
import { gemini } from "./gemini.ts";
import { ollama } from "./ollama.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";
import { type Plan, Script } from "./plan.ts";

const DIALECTS: readonly Dialect[] = [openaiChat, openaiResponses, anthropic, gemini, ollama];
const BODY_BYTES_MAX = 64 * 1024 * 1024;
const ASKS_MAX = 5000;

/** Questions that are not a conversation, and their fixed answers. */
const LISTS: Readonly<Record<string, unknown>> = {
  "/v1/models": { object: "list", data: [{ id: "mock-1", object: "model", created: 1, owned_by: "mock" }] },
  "/api/tags": { models: [{ name: "mock-1", model: "mock-1", size: 1, details: { family: "mock" } }] },
  "/api/show": { details: { family: "mock" }, model_info: {}, capabilities: ["completion", "tools"] },
  "/api/version": { version: "0.0.0" },
};

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new Error("request body is too large for the tape");
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** The fake model provider: answers by script, and remembers what it was asked. */
export class Tape {
  readonly port: number;
  readonly #server: Server;
  readonly #gates = new Map<string, { readonly open: () => void; readonly opened: Promise<void> }>();
  #script = new Script([]);
  #asks: Ask[] = [];
  #lastActivity = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** Port 0 takes any free one. */
  static async listen(port: number): Promise<Tape> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    // A server that listens on a TCP port has an AddressInfo.
    const tape = new Tape(server, (server.address() as AddressInfo).port);
    server.on("request", (request, response) => {
      tape.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    return tape;
  }

  /** Begins a scenario: a new script, nothing asked yet, all gates closed. */
  load(replies: readonly ProviderReply[]): void {
    this.releaseAll();
    this.#gates.clear();
    this.#script = new Script(replies);
    this.#asks = [];
  }

  get asks(): readonly Ask[] {
    return this.#asks;
  }

  /** performance.now() of the last byte in either direction. */
  get lastActivity(): number {
    return this.#lastActivity;
  }

  release(gate: string): void {
    this.#gate(gate).open();
  }

  releaseAll(): void {
    for (const gate of this.#gates.values()) gate.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.releaseAll();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #gate(name: string): { readonly open: () => void; readonly opened: Promise<void> } {
    const known = this.#gates.get(name);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<void>();
    const gate = { open: resolve, opened: promise };
    this.#gates.set(name, gate);
    return gate;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const body = await readBody(request);
    const list = LISTS[path];
    if (list !== undefined) return json(response, 200, list);
    for (const dialect of DIALECTS) {
      const ask = dialect.read(path, body);
      if (ask === undefined) continue;
      this.#lastActivity = performance.now();
      const plan = this.#script.next(ask);
      if (this.#asks.length < ASKS_MAX) this.#asks.push(ask);
      await this.#play(dialect, ask, plan, response);
      this.#lastActivity = performance.now();
      return undefined;
    }
    return json(response, 404, { error: { message: `the tape has no ${path}` } });
  }

  async #play(dialect: Dialect, ask: Ask, plan: Plan, response: ServerResponse): Promise<void> {
    if (plan.hold !== undefined && plan.holdAfterChunks === 0) await this.#gate(plan.hold).opened;
    if (response.destroyed) return undefined;
    if (plan.error !== undefined) {
      const { status, message, retryAfterS } = plan.error;
      const headers = retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) };
      return json(response, status, dialect.error(status, message), headers);
    }
    if (!ask.stream) {
      if (plan.chunkDelayMs > 0) await delay(plan.chunkDelayMs);
      return json(response, 200, dialect.whole(plan));
    }
    response.writeHead(200, { "content-type": dialect.streamType });
    return this.#stream(dialect, plan, response);
  }

  async #stream(dialect: Dialect, plan: Plan, response: ServerResponse): Promise<void> {
    let chunks = 0;
    for (const piece of dialect.stream(plan)) {
      if (piece.isChunk) {
        if (plan.cutAfterChunks === chunks) return void response.destroy();
        if (plan.hold !== undefined && plan.holdAfterChunks === chunks) await this.#gate(plan.hold).opened;
        if (plan.chunkDelayMs > 0) await delay(plan.chunkDelayMs);
        chunks += 1;
      }
      if (response.destroyed) return undefined;
      // Waiting until it has left: a cut must not take back what was said before it.
      await new Promise<void>((resolve) => response.write(piece.data, () => resolve()));
      this.#lastActivity = performance.now();
    }
    if (plan.cutAfterChunks !== undefined) return void response.destroy();
    if (plan.hold !== undefined && plan.holdAfterChunks >= chunks && chunks > 0 && plan.holdAfterChunks > 0) {
      await this.#gate(plan.hold).opened;
    }
    response.end();
    return undefined;
  }
}

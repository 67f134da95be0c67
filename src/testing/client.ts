import { WebSocket } from "ws";
import type { EventFrame, ResponseFrame } from "../../schemas/frames.ts";

/** What a test connects as. Everything has a default: a backend with admin, over loopback, with the token. */
export interface ConnectOptions {
  readonly scopes?: readonly string[];
  readonly role?: string;
  readonly caps?: readonly string[];
  readonly client?: Record<string, unknown>;
  readonly auth?: Record<string, unknown>;
  readonly params?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly ok: boolean;
  // Tests read into answers freely; the wire is what is under test.
  readonly payload: Record<string, unknown>;
  readonly error: { code: string; message: string; details?: unknown; retryable?: boolean };
}

const ALL_SCOPES = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.pairing",
];

/** A plain client that remembers all it heard, so that waiting for what already came works too. */
export class TestClient implements AsyncDisposable {
  readonly responses: ResponseFrame[] = [];
  readonly events: EventFrame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  hello: Record<string, unknown> = {};
  readonly #ws: WebSocket;
  #nextId = 0;
  #wakers = new Set<() => void>();
  #isClosed = false;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    this.closed = new Promise((resolve) => {
      ws.on("close", (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
    ws.on("error", () => {});
    ws.on("message", (data) => this.#hear(String(data)));
  }

  sendRaw(data: string | Buffer): void {
    this.#ws.send(data);
  }

  get socket(): WebSocket {
    return this.#ws;
  }

  /** Sends a request and gives back its id. */
  request(method: string, params?: unknown, id = `t${++this.#nextId}`): string {
    this.sendRaw(JSON.stringify({ type: "req", id, method, ...(params === undefined ? {} : { params }) }));
    return id;
  }

  /** Sends a request and waits for its (first) response. */
  async call(method: string, params?: unknown): Promise<Answer> {
    return this.response(this.request(method, params));
  }

  /** The n-th response with this id. */
  async response(id: unknown, nth = 1): Promise<Answer> {
    const found = await this.until(() => this.responses.filter((response) => response.id === id)[nth - 1]);
    return found as unknown as Answer;
  }

  /** The first event of this name that matches, heard already or still to come. */
  event(
    name: string,
    matches: (payload: Record<string, unknown>) => boolean = () => true,
  ): Promise<EventFrame & { payload: Record<string, unknown> }> {
    return this.until(() => {
      const found = this.events.find(
        (event) => event.event === name && matches(event.payload as Record<string, unknown>),
      );
      return found as (EventFrame & { payload: Record<string, unknown> }) | undefined;
    });
  }

  /** Waits for something that becomes true when a frame arrives. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.#isClosed) throw new Error("the connection closed while a test waited");
      await new Promise<void>((resolve) => this.#wakers.add(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ws.close();
    await this.closed;
  }

  #hear(text: string): void {
    // The gateway under test wrote it.
    const frame = JSON.parse(text) as ResponseFrame | EventFrame;
    if (frame.type === "res") this.responses.push(frame);
    else this.events.push(frame);
    this.#wake();
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = new Set();
    for (const wake of wakers) wake();
  }
}

/** Opens a socket and waits for it; the handshake is left to the test. */
export async function openSocket(url: string, headers: Record<string, string> = {}): Promise<TestClient> {
  const ws = new WebSocket(url, { headers });
  const client = new TestClient(ws);
  await new Promise((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("error", reject);
  });
  return client;
}

/** The params of a `connect`, as the test wants them. */
export function connectParams(token: string, options: ConnectOptions = {}): Record<string, unknown> {
  return {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: "gateway-client", version: "1.0.0", platform: "test", mode: "backend", ...options.client },
    role: options.role ?? "operator",
    scopes: options.scopes ?? ALL_SCOPES,
    caps: options.caps ?? [],
    auth: options.auth ?? { token },
    ...options.params,
  };
}

/** Connects and shakes hands; throws what the gateway refused with. */
export async function connectClient(
  url: string,
  token: string,
  options: ConnectOptions = {},
): Promise<TestClient> {
  const client = await openSocket(url, options.headers);
  await client.event("connect.challenge");
  const answer = await client.response(client.request("connect", connectParams(token, options)));
  if (!answer.ok) throw new Error(`connect was refused: ${JSON.stringify(answer.error)}`);
  client.hello = answer.payload;
  return client;
}

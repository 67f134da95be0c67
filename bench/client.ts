import { WebSocket } from "ws";

type Json = Record<string, unknown>;

interface Frame extends Json {
  readonly type: string;
}

export interface ClientOptions {
  readonly scopes?: readonly string[];
  readonly caps?: readonly string[];
}

const SCOPES = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.pairing",
];

/** A client with as little of its own as possible, so that what is measured is the gateway. */
export class BenchClient implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (frame: Frame) => void>();
  readonly #failures = new Set<(error: Error) => void>();
  /** Called for every event, with the time at which it came. */
  onEvent: ((name: string, payload: Json, at: number) => void) | undefined;
  #nextId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#hear(data));
    socket.on("close", (code) => this.#fail(new Error(`closed ${code}`)));
    socket.on("error", (error) => this.#fail(error));
  }

  /** Resolves after hello-ok. Rejects when the gateway refuses, is not there yet, or closes. */
  static async connect(url: string, token: string, options: ClientOptions = {}): Promise<BenchClient> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const client = new BenchClient(socket);
    const refused = new Promise<never>((_resolve, reject) => client.#failures.add(reject));
    const opened = new Promise<void>((resolve) => socket.once("open", () => resolve()));
    try {
      await Promise.race([opened, refused]);
      await Promise.race([client.call("connect", connectParams(token, options)), refused]);
    } catch (error) {
      socket.terminate();
      throw error;
    }
    client.#failures.clear();
    return client;
  }

  /** Sends a request; resolves with the payload of its first response. */
  call(method: string, params: Json = {}): Promise<Json> {
    const id = String((this.#nextId += 1));
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    this.#waiting.set(id, (frame) => {
      if (frame["ok"] === true) resolve((frame["payload"] ?? {}) as Json);
      else reject(new Error(`${method}: ${JSON.stringify(frame["error"])}`));
    });
    this.#socket.send(JSON.stringify({ type: "req", id, method, params }));
    return promise;
  }

  /** The next event for which `match` is true. */
  event(name: string, match: (payload: Json) => boolean): Promise<{ payload: Json; at: number }> {
    const { promise, resolve } = Promise.withResolvers<{ payload: Json; at: number }>();
    const before = this.onEvent;
    this.onEvent = (heard, payload, at) => {
      before?.(heard, payload, at);
      if (heard !== name || !match(payload)) return;
      this.onEvent = before;
      resolve({ payload, at });
    };
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#failures.clear();
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
    this.#socket.close();
    await closed;
  }

  #hear(data: Buffer): void {
    const at = performance.now();
    const frame = JSON.parse(data.toString("utf8")) as Frame;
    if (frame.type === "event") {
      this.onEvent?.(String(frame["event"]), (frame["payload"] ?? {}) as Json, at);
      return;
    }
    const waiting = this.#waiting.get(String(frame["id"]));
    this.#waiting.delete(String(frame["id"]));
    waiting?.(frame);
  }

  #fail(error: Error): void {
    for (const fail of this.#failures) fail(error);
    for (const waiting of this.#waiting.values()) waiting({ type: "res", ok: false, error: error.message });
    this.#waiting.clear();
  }
}

function connectParams(token: string, options: ClientOptions): Json {
  return {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: "gateway-client", version: "1", platform: process.platform, mode: "backend" },
    role: "operator",
    scopes: options.scopes ?? SCOPES,
    caps: options.caps ?? [],
    auth: { token },
  };
}

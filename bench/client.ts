import { WebSocket } from "ws";

type Json = Record<string, unknown>;

interface Frame extends Json {
  readonly type: string;
}

type Listener = (event: string, payload: Json, at: number) => void;

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
  readonly #listeners = new Set<Listener>();
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

  /** The next event for which `match` is true, with the time at which it came. */
  event(name: string, match: (payload: Json) => boolean): Promise<{ payload: Json; at: number }> {
    const { promise, resolve } = Promise.withResolvers<{ payload: Json; at: number }>();
    const listener: Listener = (event, payload, at) => {
      if (event !== name || !match(payload)) return;
      this.#listeners.delete(listener);
      resolve({ payload, at });
    };
    this.#listeners.add(listener);
    return promise;
  }

  /** Hears every event until the function that comes back is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Leaves everything that comes from now on in the socket, as a client does that hangs. */
  stopReading(): void {
    this.#socket.pause();
  }

  /**
   * From now on only looks for bytes and reads nothing: with a thousand listeners in one process, parsing would be
   * what is measured. Resolves with the time of the next message that holds the text.
   */
  hears(text: string): Promise<{ at: number }> {
    const wanted = Buffer.from(text);
    const { promise, resolve } = Promise.withResolvers<{ at: number }>();
    this.#socket.removeAllListeners("message");
    this.#socket.on("message", (data: Buffer) => {
      const at = performance.now();
      if (data.includes(wanted)) resolve({ at });
    });
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
      const payload = (frame["payload"] ?? {}) as Json;
      for (const listener of this.#listeners) listener(String(frame["event"]), payload, at);
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

/** The times at which those happened that did happen in time. */
export async function heard(hears: readonly Promise<{ at: number }>[], withinMs: number): Promise<number[]> {
  const times: number[] = [];
  const noted = hears.map((hear) => hear.then(({ at }) => times.push(at)));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, withinMs);
  await Promise.race([Promise.all(noted), late]);
  clearTimeout(timer);
  return times;
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

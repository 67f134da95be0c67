import { once } from "node:events";
import { WebSocket } from "ws";

/** What came back for one request; `timeout` and `closed` are answers too: a probe must never hang a freeze. */
export interface Answer {
  readonly outcome: "ok" | "error" | "timeout" | "closed";
  readonly payload?: unknown;
  readonly error?: { code: string; message: string; details?: Readonly<Record<string, unknown>> };
}

interface Frame {
  readonly type?: string;
  readonly id?: string;
  readonly event?: string;
  readonly ok?: boolean;
  readonly payload?: Record<string, unknown>;
  readonly error?: NonNullable<Answer["error"]>;
}

export interface Target {
  readonly url: string;
  readonly token: string;
}

/** One device-less operator on loopback: the flavour that keeps exactly the scopes it asks for. */
export class Wire implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (frame: Frame | undefined) => void>();
  #nextId = 0;
  hello: Record<string, unknown> = {};
  challengeCapabilities: readonly string[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(target: Target, scopes: readonly string[]): Promise<Wire> {
    const socket = new WebSocket(target.url, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    const wire = new Wire(socket);
    // A border: the peer's JSON.
    socket.on("message", (data: Buffer) => wire.#take(JSON.parse(data.toString()) as Frame));
    socket.on("close", () => wire.#drop());
    await once(socket, "open");
    const hello = await wire.call("connect", connectParams(target.token, scopes), 15_000);
    if (hello.outcome !== "ok")
      throw new Error(`${target.url} refused us: ${JSON.stringify(hello.error ?? hello.outcome)}`);
    wire.hello = hello.payload as Record<string, unknown>; // hello-ok is an object or we were refused
    return wire;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  async call(method: string, params: unknown, timeoutMs: number): Promise<Answer> {
    if (!this.isOpen) return { outcome: "closed" };
    this.#nextId += 1;
    const id = `q${this.#nextId}`;
    const { promise, resolve } = Promise.withResolvers<Frame | "timeout" | undefined>();
    const timer = setTimeout(() => resolve("timeout"), timeoutMs);
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ type: "req", id, method, params }));
    const frame = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    if (frame === "timeout") return { outcome: "timeout" };
    if (frame === undefined) return { outcome: "closed" };
    if (frame.ok === true) return { outcome: "ok", payload: frame.payload };
    return { outcome: "error", ...(frame.error === undefined ? {} : { error: frame.error }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, "close");
  }

  #take(frame: Frame): void {
    if (frame.type === "res" && frame.id !== undefined) this.#waiting.get(frame.id)?.(frame);
    const offered = frame.event === "connect.challenge" ? frame.payload?.["capabilities"] : undefined;
    if (Array.isArray(offered))
      this.challengeCapabilities = offered.filter((name) => typeof name === "string");
  }

  #drop(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}

function connectParams(token: string, scopes: readonly string[]): unknown {
  return {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: "gateway-client", version: "1", platform: "linux", mode: "backend" },
    role: "operator",
    scopes,
    caps: [],
    auth: { token },
  };
}

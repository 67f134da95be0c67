import WebSocket from "ws";
import { delay, TimedOut, until, within } from "../launch/bounded.ts";

export interface CloseInfo {
  readonly code: number;
  readonly reason: string;
}

/** One received frame, with its place in the order of this connection. */
export interface Received {
  readonly order: number;
  readonly atMs: number;
  readonly frame: unknown;
  readonly text: string | undefined;
}

export interface WireEvent extends Received {
  readonly event: string;
  readonly payload: unknown;
  readonly seq: unknown;
  isTaken: boolean;
}

export interface OpenOptions {
  readonly url: string;
  readonly headers?: Record<string, string> | undefined;
  readonly protocols?: readonly string[] | undefined;
}

/** The upgrade was answered with a plain HTTP response. */
export interface RefusedUpgrade {
  readonly status: number;
  readonly body: string;
}

const EVENTS_MAX = 20_000;
const OPEN_MS = 15_000;
const FRAME_BYTES_MAX = 128 * 1024 * 1024;

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** One socket to the gateway: keeps every event, hands out responses by request id. */
export class Connection {
  readonly name: string;
  readonly events: WireEvent[] = [];
  readonly closed: Promise<CloseInfo>;
  readonly #socket: WebSocket;
  readonly #responses = new Map<string, Received[]>();
  #order = 0;
  #requests = 0;
  #closeInfo: CloseInfo | undefined;
  #lastFrame: unknown;
  #lastActivity = performance.now();

  private constructor(name: string, socket: WebSocket) {
    this.name = name;
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        this.#closeInfo = { code, reason: reason.toString("utf8") };
        resolve(this.#closeInfo);
      });
    });
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
  }

  static async open(name: string, options: OpenOptions): Promise<Connection | RefusedUpgrade> {
    const socket = new WebSocket(options.url, [...(options.protocols ?? [])], {
      ...(options.headers === undefined ? {} : { headers: options.headers }),
      maxPayload: FRAME_BYTES_MAX,
    });
    const connection = new Connection(name, socket);
    const opening = new Promise<Connection | RefusedUpgrade>((resolve, reject) => {
      socket.once("open", () => resolve(connection));
      socket.once("error", reject);
      socket.once("unexpected-response", (_request, response) => {
        let body = "";
        response.on("data", (part: Buffer) => {
          body += part.toString("utf8");
        });
        response.once("end", () => resolve({ status: response.statusCode ?? 0, body }));
      });
    });
    return within(opening, OPEN_MS, `opening ${options.url}`);
  }

  get closeInfo(): CloseInfo | undefined {
    return this.#closeInfo;
  }

  get lastFrame(): unknown {
    return this.#lastFrame;
  }

  get lastActivity(): number {
    return this.#lastActivity;
  }

  nextRequestId(): string {
    this.#requests += 1;
    return `r${this.#requests}`;
  }

  send(data: string | Buffer, binary = false): void {
    this.#lastActivity = performance.now();
    this.#socket.send(data, { binary });
  }

  #receive(text: string): void {
    this.#order += 1;
    this.#lastActivity = performance.now();
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      frame = text;
    }
    this.#lastFrame = frame;
    const received: Received = { order: this.#order, atMs: Date.now(), frame, text: undefined };
    if (property(frame, "type") === "event") {
      if (this.events.length < EVENTS_MAX) this.events.push(this.#event(received));
      return;
    }
    const key = JSON.stringify(property(frame, "id") ?? null);
    const list = this.#responses.get(key) ?? [];
    list.push(received);
    this.#responses.set(key, list);
  }

  #event(received: Received): WireEvent {
    return {
      ...received,
      event: String(property(received.frame, "event")),
      payload: property(received.frame, "payload"),
      seq: property(received.frame, "seq"),
      isTaken: false,
    };
  }

  /** Takes `count` responses to this request id, in order of arrival; fewer when time or socket ends. */
  async responses(id: unknown, count: number, timeoutMs: number): Promise<Received[]> {
    const key = JSON.stringify(id ?? null);
    const have = (): number => this.#responses.get(key)?.length ?? 0;
    await until(() => have() >= count || this.#closeInfo !== undefined, timeoutMs, 2);
    const list = this.#responses.get(key) ?? [];
    return list.splice(0, count);
  }

  /** Takes the next responses whatever request they answer. */
  async anyResponses(count: number, timeoutMs: number): Promise<Received[]> {
    const all = (): Received[] => [...this.#responses.values()].flat();
    await until(() => all().length >= count || this.#closeInfo !== undefined, timeoutMs, 2);
    const taken = all()
      .sort((a, b) => a.order - b.order)
      .slice(0, count);
    for (const list of this.#responses.values()) {
      for (const received of taken) if (list.includes(received)) list.splice(list.indexOf(received), 1);
    }
    return taken;
  }

  /** The first event not given out yet that fits; undefined when none comes in time. */
  async take(fits: (event: WireEvent) => boolean, timeoutMs: number): Promise<WireEvent | undefined> {
    const find = (): WireEvent | undefined => this.events.find((event) => !event.isTaken && fits(event));
    await until(() => find() !== undefined || this.#closeInfo !== undefined, timeoutMs, 2);
    const found = find();
    if (found !== undefined) found.isTaken = true;
    return found;
  }

  async awaitClose(timeoutMs: number): Promise<CloseInfo | undefined> {
    try {
      return await within(this.closed, timeoutMs, "close");
    } catch (error) {
      if (error instanceof TimedOut) return undefined;
      throw error;
    }
  }

  cut(): void {
    this.#socket.terminate();
  }

  async close(code: number, reason: string): Promise<void> {
    this.#socket.close(code, reason);
    await Promise.race([this.closed, delay(2000)]);
    this.#socket.terminate();
  }
}

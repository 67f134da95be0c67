import type { Page, Request, WebSocket } from "playwright-core";

/** What a page asked for over its socket, and whether it was refused. */
export interface Ask {
  readonly method: string;
  /** `CODE message` of the refusal. */
  readonly refusal: string | undefined;
}

/** What happened behind a page since the last look. */
export interface Seen {
  readonly complaints: readonly string[];
  readonly failures: readonly string[];
  readonly asks: readonly Ask[];
}

interface Pending {
  readonly method: string;
  readonly sentAt: number;
}

/** A request that nobody answers for so long is not waited for: it is one that waits for something to happen. */
const PENDING_MS_MAX = 20_000;
const ASKS_MAX = 5000;

/** Listens to everything a page says to its console, asks over HTTP and asks over its socket. */
export class Witness {
  #complaints: string[] = [];
  #failures: string[] = [];
  #asks: Ask[] = [];
  #lastActivity = 0;
  readonly #loading = new Map<Request, number>();
  readonly #pending = new Map<string, Pending>();

  constructor(page: Page) {
    page.on("pageerror", (error) => this.#complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#complaints.push(message.text());
    });
    page.on("request", (request) => this.#begun(request));
    page.on("requestfinished", (request) => this.#ended(request));
    page.on("requestfailed", (request) => this.#ended(request));
    page.on("response", (response) => {
      const path = new URL(response.url()).pathname;
      if (response.status() < 400) return;
      // The browser does not read what comes with a refusal, so such a request is never finished.
      this.#ended(response.request());
      this.#failures.push(`${response.status()} ${response.request().method()} ${path}`);
    });
    page.on("websocket", (socket) => this.#listen(socket));
  }

  /** Nothing is on its way, and nothing was for that long. */
  isQuiet(forMs: number): boolean {
    const now = performance.now();
    const waited = [...this.#pending.values()].some(({ sentAt }) => now - sentAt < PENDING_MS_MAX);
    const loading = [...this.#loading.values()].some((sentAt) => now - sentAt < PENDING_MS_MAX);
    return !waited && !loading && now - this.#lastActivity >= forMs;
  }

  /** Whether something was asked for, and answered, since the last look. */
  hasAnswered(method: RegExp): boolean {
    return this.#asks.some((ask) => method.test(ask.method));
  }

  /** Everything since the last time. */
  take(): Seen {
    const seen = { complaints: this.#complaints, failures: this.#failures, asks: this.#asks };
    this.#complaints = [];
    this.#failures = [];
    this.#asks = [];
    return seen;
  }

  #begun(request: Request): void {
    if (request.url().startsWith("data:")) return;
    this.#loading.set(request, performance.now());
    this.#lastActivity = performance.now();
  }

  #ended(request: Request): void {
    this.#loading.delete(request);
    this.#lastActivity = performance.now();
  }

  #listen(socket: WebSocket): void {
    // What the page before this one was still waiting for is never answered.
    this.#pending.clear();
    socket.on("framesent", ({ payload }) => {
      const frame = frameOf(payload);
      if (frame?.["type"] !== "req") return;
      this.#lastActivity = performance.now();
      this.#pending.set(String(frame["id"]), { method: String(frame["method"]), sentAt: this.#lastActivity });
    });
    socket.on("framereceived", ({ payload }) => {
      const frame = frameOf(payload);
      if (frame?.["type"] !== "res") return;
      this.#lastActivity = performance.now();
      this.#answered(frame);
    });
  }

  #answered(frame: Readonly<Record<string, unknown>>): void {
    const asked = this.#pending.get(String(frame["id"]));
    this.#pending.delete(String(frame["id"]));
    if (asked === undefined || this.#asks.length >= ASKS_MAX) return;
    const error = frame["ok"] === false ? (frame["error"] as { code?: string; message?: string }) : undefined;
    const refusal = error === undefined ? undefined : `${error.code} ${error.message}`;
    this.#asks.push({ method: asked.method, refusal });
  }
}

function frameOf(payload: string | Buffer): Readonly<Record<string, unknown>> | undefined {
  if (typeof payload !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(payload);
    return typeof frame === "object" && frame !== null ? { ...frame } : undefined;
  } catch {
    return undefined;
  }
}

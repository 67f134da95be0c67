import { WebSocket } from "ws";
import type { Close } from "../../schemas/close.ts";
import { POLICY } from "../../schemas/policy.ts";
import type { Inbox, Socket } from "../connection/socket.ts";
import type { Clock, Timer } from "../platform/clock.ts";

/** The control frame has room for this much; longer reasons are cut as the reference cuts them. */
const REASON_BYTES_MAX = 120;

/** One ws socket behind the port that connections know. */
export class WsSocket implements Socket {
  readonly #ws: WebSocket;
  readonly #clock: Clock;
  readonly #onPromoted: () => void;
  #keepalive: Timer | undefined;
  #unanswered = 0;

  constructor(ws: WebSocket, clock: Clock, onPromoted: () => void) {
    this.#ws = ws;
    this.#clock = clock;
    this.#onPromoted = onPromoted;
  }

  /** Connects both directions. Errors of a socket always end in its close, so they need no word of their own. */
  attach(inbox: Inbox): void {
    this.#ws.on("message", (data: Buffer) => inbox.receive(data));
    this.#ws.on("error", () => {});
    this.#ws.on("close", () => {
      this.#keepalive?.cancel();
      inbox.closed();
    });
  }

  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  /** As bytes: of a text, ws would first count them and Node then encode them in a copy of its own. */
  send(frame: string | Buffer): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    this.#ws.send(typeof frame === "string" ? Buffer.from(frame) : frame, TEXT);
  }

  close({ code, reason }: Close): void {
    this.#ws.close(code, cut(reason));
  }

  destroy(): void {
    this.#ws.terminate();
  }

  promote(): void {
    raiseFrameCap(this.#ws);
    this.#ws.on("pong", () => {
      this.#unanswered = 0;
    });
    this.#keepalive = this.#clock.every(POLICY.pingIntervalMs, () => this.#ping());
    this.#onPromoted();
  }

  #ping(): void {
    this.#unanswered += 1;
    if (this.#unanswered >= POLICY.unansweredPingsMax) this.#ws.terminate();
    else if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping();
  }
}

const TEXT = { binary: false } as const;

function cut(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= REASON_BYTES_MAX) return reason;
  return bytes
    .subarray(0, REASON_BYTES_MAX)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}

/**
 * ws knows one cap per server, the protocol two per connection. The member is private to ws; a test opens a real
 * socket and sends a large frame, so an update that moves it is noticed.
 */
function raiseFrameCap(ws: WebSocket): void {
  const { _receiver: receiver } = ws as unknown as { _receiver?: { _maxPayload?: number } };
  if (receiver?._maxPayload === undefined) throw new Error("ws has moved its frame cap");
  receiver._maxPayload = POLICY.frameBytesMax;
}

import { CLOSE, type Close } from "../../schemas/close.ts";
import type { WireError } from "../../schemas/errors.ts";
import { BUSY } from "../../schemas/errors.ts";
import type { RequestFrame } from "../../schemas/frames.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import { POLICY } from "../../schemas/policy.ts";
import { CHALLENGE_CAPABILITIES } from "../../schemas/reference.ts";
import type { Accepted, Challenge, Peer } from "../auth/admission.ts";
import { holdsScope } from "../auth/scopes.ts";
import type { Dispatcher, Reply } from "../dispatch/dispatch.ts";
import type { FanOut, Receiver } from "../events/fan-out.ts";
import { decodeFrame } from "../frames/decode.ts";
import { EncodedEvent, encodeError, encodeOk, encodeOkPieces } from "../frames/encode.ts";
import type { Caller } from "../methods/method.ts";
import type { Timer } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import { Prepared } from "../platform/prepared.ts";
import { callerOf } from "./caller.ts";
import { firstRequest, type HandshakeDeps, type HandshakeResult, shakeHands } from "./handshake.ts";
import { type HelloSource, helloOk } from "./hello.ts";
import type { Inbox, Socket } from "./socket.ts";

export interface ConnectionDeps extends HandshakeDeps {
  readonly dispatcher: Dispatcher;
  readonly fanOut: FanOut;
  readonly hello: HelloSource;
  readonly ids: Ids;
  readonly log: Log;
  /** The handshake succeeded; called before `hello-ok` is written, so that its snapshot shows the newcomer. */
  readonly onConnected: (connection: Connection, caller: Caller, params: ConnectParams) => void;
  /** `caller` is undefined when the handshake was never done. */
  readonly onClosed: (connection: Connection, caller: Caller | undefined) => void;
}

type Phase = "challenge" | "admitting" | "connected" | "closing";

/** One peer, from the challenge to the close. It owns its `seq` and nothing else counts it. */
export class Connection implements Inbox, Receiver {
  readonly connId: string;
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #deps: ConnectionDeps;
  readonly #challenge: Challenge;
  readonly #abort = new AbortController();
  readonly #handshakeTimer: Timer;
  #phase: Phase = "challenge";
  #seq = 0;
  #roleErrors = 0;
  #hasLeft = false;
  #running = 0;
  /** What came behind `connect` and waits for its answer. */
  #pipelined: Buffer[] = [];
  #pipelinedBytes = 0;
  #caller: Caller | undefined;
  #caps: ReadonlySet<string> = NONE;

  constructor(socket: Socket, peer: Peer, deps: ConnectionDeps) {
    this.connId = deps.ids.uuid();
    this.#socket = socket;
    this.#peer = peer;
    this.#deps = deps;
    this.#challenge = { nonce: deps.ids.uuid(), issuedAt: deps.clock.now() };
    this.#handshakeTimer = deps.clock.after(POLICY.handshakeTimeoutMs, () => this.close(CLOSE.silent));
    this.#sendChallenge();
  }

  get caps(): ReadonlySet<string> {
    return this.#caps;
  }

  get topics(): ReadonlySet<string> {
    return this.#caller?.topics ?? NONE;
  }

  mayReceive(access: string): boolean {
    if (access === "none") return true;
    if (this.#caller === undefined) return false;
    if (access === "node") return this.#caller.role === "node";
    return this.#caller.role === "operator" && holdsScope(this.#caller.scopes, access);
  }

  deliver(event: EncodedEvent, isDroppable: boolean, isNumbered: boolean): void {
    if (this.#phase !== "connected") return;
    if (this.#socket.bufferedBytes > POLICY.bufferedBytesMax) {
      if (!isDroppable) this.#socket.destroy();
      return;
    }
    if (!isNumbered) return this.#socket.send(event.bytes());
    this.#seq += 1;
    this.#socket.send(event.bytes(this.#seq));
  }

  receive(message: Buffer): void {
    switch (this.#phase) {
      case "connected":
        return this.#receiveConnected(message);
      case "challenge":
        return this.#receiveFirst(message);
      case "admitting":
        return this.#receiveEarly(message);
      case "closing":
        return;
    }
  }

  closed(): void {
    this.#phase = "closing";
    this.#leave();
  }

  /** Nothing of it is left in the gateway, whether its socket is gone already or will be soon. */
  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#handshakeTimer.cancel();
    this.#abort.abort();
    this.#pipelined = [];
    this.#deps.fanOut.leave(this);
    this.#deps.onClosed(this, this.#caller);
  }

  close(close: Close): void {
    this.#phase = "closing";
    this.#socket.close(close);
  }

  /** One request is answered. Called by its reply. */
  respond(frame: string | Buffer, isFinal: boolean): void {
    if (isFinal) this.#running -= 1;
    if (this.#phase !== "connected") return;
    this.#roleErrors = 0;
    if (this.#socket.bufferedBytes > POLICY.bufferedBytesMax) this.#socket.destroy();
    else this.#socket.send(frame);
  }

  /** compat(DP6): a peer that insists on another role's methods is sent away. */
  refuseRole(id: string, error: WireError): void {
    const count = this.#roleErrors + 1;
    this.respond(encodeError(id, error), true);
    this.#roleErrors = count;
    if (count <= POLICY.roleErrorsMax) return;
    this.#phase = "closing";
    this.#leave();
    // The refusal is read before the close, so it goes ahead of it.
    this.#deps.clock.after(0, () => this.close(CLOSE.repeatedUnauthorized));
  }

  #sendChallenge(): void {
    const { nonce, issuedAt } = this.#challenge;
    const payload = { nonce, ts: issuedAt, capabilities: CHALLENGE_CAPABILITIES };
    this.#socket.send(new EncodedEvent("connect.challenge", payload).bytes());
  }

  #receiveFirst(message: Buffer): void {
    const decoded = decodeFrame(message.toString("utf8"));
    const first = firstRequest(decoded);
    this.#phase = "admitting";
    if ("kind" in first) return this.#settle(decoded.kind === "request" ? decoded.request.id : "", first);
    shakeHands(this.#deps, first.params, this.#peer, this.#challenge, this.#abort.signal)
      .then((result) => this.#settle(first.id, result))
      .catch((thrown: unknown) => {
        this.#deps.log.error({ err: thrown, connId: this.connId }, "handshake failed");
        this.#socket.destroy();
      });
  }

  #receiveEarly(message: Buffer): void {
    this.#pipelinedBytes += message.length;
    const isTooMuch =
      this.#pipelined.length >= POLICY.pendingRequestsMax || this.#pipelinedBytes > POLICY.pipelinedBytesMax;
    if (!isTooMuch) return void this.#pipelined.push(message);
    const decoded = decodeFrame(message.toString("utf8"));
    if (decoded.kind === "request") this.#socket.send(encodeError(decoded.request.id, BUSY));
  }

  #settle(id: string, result: HandshakeResult): void {
    if (this.#phase !== "admitting") return;
    if (result.kind === "accepted") return this.#welcome(id, result.params, result.admission);
    if (result.error !== undefined) this.#socket.send(encodeError(id, result.error));
    this.close(result.close);
  }

  #welcome(id: string, params: ConnectParams, admission: Accepted): void {
    const caller = callerOf(this.connId, params, admission, this.#peer);
    this.#handshakeTimer.cancel();
    this.#caller = caller;
    this.#caps = new Set(caller.caps);
    this.#socket.promote();
    this.#deps.onConnected(this, caller, params);
    const greeted = {
      ...caller,
      protocolMax: params.maxProtocol,
      host: this.#peer.headers["host"],
      origin: this.#peer.headers["origin"],
    };
    this.#socket.send(encodeOk(id, helloOk(this.#deps.hello, greeted, admission)));
    this.#phase = "connected";
    this.#deps.fanOut.join(this);
    const pipelined = this.#pipelined;
    this.#pipelined = [];
    for (const message of pipelined) this.receive(message);
  }

  #receiveConnected(message: Buffer): void {
    const decoded = decodeFrame(message.toString("utf8"));
    if (decoded.kind === "request") return this.#run(decoded.request);
    if (decoded.kind === "not-json") return;
    const error = { code: "INVALID_REQUEST", message: `invalid request frame: ${decoded.problem}` } as const;
    this.#socket.send(encodeError(decoded.id, error));
  }

  #run(request: RequestFrame): void {
    if (this.#caller === undefined) return;
    if (this.#running >= POLICY.runningRequestsMax) {
      return this.#socket.send(encodeError(request.id, BUSY));
    }
    this.#running += 1;
    const reply = new ConnectionReply(this, request.id);
    this.#deps.dispatcher.dispatch(request, this.#caller, this.#abort.signal, reply);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Where the answers of one request go; an object of its own so that a request costs no closures. */
class ConnectionReply implements Reply {
  readonly #connection: Connection;
  readonly #id: string;

  constructor(connection: Connection, id: string) {
    this.#connection = connection;
    this.#id = id;
  }

  first(payload: unknown): void {
    this.#connection.respond(encodeOk(this.#id, payload), false);
  }

  ok(payload: unknown): void {
    const frame =
      payload instanceof Prepared ? encodeOkPieces(this.#id, payload.pieces) : encodeOk(this.#id, payload);
    this.#connection.respond(frame, true);
  }

  error(error: WireError, payload?: unknown): void {
    this.#connection.respond(encodeError(this.#id, error, payload), true);
  }

  roleError(error: WireError): void {
    this.#connection.refuseRole(this.#id, error);
  }
}

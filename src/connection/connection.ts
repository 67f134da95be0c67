import { CLOSE, type Close } from "../../schemas/close.ts";
import type { WireError } from "../../schemas/errors.ts";
import type { RequestFrame } from "../../schemas/frames.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import { POLICY } from "../../schemas/policy.ts";
import { CHALLENGE_CAPABILITIES } from "../../schemas/reference.ts";
import type { Accepted, Authenticator, Challenge, Peer, Refused } from "../auth/admission.ts";
import { holdsScope } from "../dispatch/access.ts";
import type { Dispatcher, Reply } from "../dispatch/dispatch.ts";
import type { FanOut, Receiver } from "../events/fan-out.ts";
import { decodeFrame } from "../frames/decode.ts";
import { EncodedEvent, encodeError, encodeOk } from "../frames/encode.ts";
import type { Caller } from "../methods/method.ts";
import { type Clock, pause, type Timer } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import { type HelloSource, helloOk } from "./hello.ts";
import type { Inbox, Socket } from "./socket.ts";

export interface ConnectionDeps {
  readonly authenticator: Authenticator<ConnectParams>;
  readonly checkConnectParams: (params: unknown) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly fanOut: FanOut;
  readonly hello: HelloSource;
  readonly ids: Ids;
  readonly log: Log;
  /** The handshake is done, or the connection that had done it is gone. */
  readonly onConnected: (caller: Caller, params: ConnectParams) => void;
  readonly onDisconnected: (caller: Caller) => void;
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
  #waiting: RequestFrame[] = [];
  #caller: Caller | undefined;
  #caps: ReadonlySet<string> = new Set();

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
    return this.#caller?.topics ?? new Set();
  }

  mayReceive(access: string): boolean {
    if (access === "none") return true;
    if (this.#caller === undefined) return false;
    if (access === "node") return this.#caller.role === "node";
    return this.#caller.role === "operator" && holdsScope(this.#caller.scopes, access);
  }

  deliver(event: EncodedEvent, isDroppable: boolean): void {
    if (this.#phase !== "connected") return;
    if (this.#socket.bufferedBytes + event.byteLength > POLICY.bufferedBytesMax) {
      if (!isDroppable) this.#socket.destroy();
      return;
    }
    this.#seq += 1;
    this.#socket.send(event.bytes(this.#seq));
  }

  receive(message: Buffer): void {
    if (this.#phase === "closing") return;
    const decoded = decodeFrame(message.toString("utf8"));
    if (this.#phase === "challenge") return this.#receiveFirst(decoded);
    if (decoded.kind === "not-json") return;
    if (decoded.kind === "invalid") {
      return this.#refuse(decoded.id, `invalid request frame: ${decoded.problem}`);
    }
    if (this.#phase === "connected") return this.#run(decoded.request);
    if (this.#waiting.length < POLICY.pendingRequestsMax) this.#waiting.push(decoded.request);
  }

  closed(): void {
    this.#handshakeTimer.cancel();
    this.#phase = "closing";
    this.#abort.abort();
    this.#waiting = [];
    if (this.#caller === undefined) return;
    this.#deps.fanOut.leave(this);
    this.#deps.onDisconnected(this.#caller);
  }

  close(close: Close): void {
    this.#phase = "closing";
    this.#socket.close(close.code, close.reason);
  }

  #sendChallenge(): void {
    const { nonce, issuedAt } = this.#challenge;
    const payload = { nonce, ts: issuedAt, capabilities: CHALLENGE_CAPABILITIES };
    this.#socket.send(new EncodedEvent("connect.challenge", payload).bytes());
  }

  #receiveFirst(decoded: ReturnType<typeof decodeFrame>): void {
    if (decoded.kind === "not-json") return this.close(CLOSE.silent);
    if (decoded.kind === "invalid") return this.close(CLOSE.invalidRequestFrame);
    if (decoded.request.method !== "connect") {
      this.#refuse(decoded.request.id, CLOSE.connectExpected.reason);
      return this.close(CLOSE.connectExpected);
    }
    this.#phase = "admitting";
    this.#admit(decoded.request).catch((thrown: unknown) => {
      this.#deps.log.error({ err: thrown, connId: this.connId }, "handshake failed");
      this.#socket.destroy();
    });
  }

  async #admit(request: RequestFrame): Promise<void> {
    const problem = await this.#deps.checkConnectParams(request.params);
    if (problem !== undefined) {
      const reason = `invalid connect params: ${problem}`;
      this.#refuse(request.id, reason);
      return this.close({ code: 1008, reason });
    }
    // checkConnectParams has just held it against the schema of ConnectParams.
    const params = request.params as ConnectParams;
    const admission = await this.#deps.authenticator.admit(params, this.#peer, this.#challenge);
    if (admission.kind === "refused") return this.#turnAway(request.id, admission);
    if (this.#phase === "admitting") this.#welcome(request.id, params, admission);
  }

  async #turnAway(id: string, refused: Refused): Promise<void> {
    await pause(this.#deps.clock, refused.delayMs, this.#abort.signal);
    if (this.#phase !== "admitting") return;
    this.#socket.send(encodeError(id, refused.error));
    this.close(refused.close);
  }

  #welcome(id: string, params: ConnectParams, admission: Accepted): void {
    const caller = callerOf(this.connId, params, admission, this.#peer);
    this.#handshakeTimer.cancel();
    this.#caller = caller;
    this.#caps = new Set(caller.caps);
    this.#socket.setFrameBytesMax(POLICY.frameBytesMax);
    this.#deps.onConnected(caller, params);
    this.#socket.send(encodeOk(id, helloOk(this.#deps.hello, this.connId, admission)));
    this.#phase = "connected";
    this.#deps.fanOut.join(this);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.#run(request);
  }

  #run(request: RequestFrame): void {
    if (this.#caller === undefined || this.#phase !== "connected") return;
    if (request.method === "connect") {
      return this.#refuse(request.id, "connect is only valid as the first request");
    }
    this.#deps.dispatcher.dispatch(request, this.#caller, this.#abort.signal, this.#replyTo(request.id));
  }

  #replyTo(id: string): Reply {
    return {
      ok: (payload) => this.#respond(encodeOk(id, payload)),
      error: (error) => this.#respond(encodeError(id, error)),
      roleError: (error) => this.#countRoleError(id, error),
    };
  }

  #respond(frame: string): void {
    if (this.#phase !== "connected") return;
    this.#roleErrors = 0;
    if (this.#socket.bufferedBytes > POLICY.bufferedBytesMax) this.#socket.destroy();
    else this.#socket.send(frame);
  }

  #countRoleError(id: string, error: WireError): void {
    const count = this.#roleErrors + 1;
    this.#respond(encodeError(id, error));
    this.#roleErrors = count;
    if (count > POLICY.roleErrorsMax) this.close(CLOSE.repeatedUnauthorized);
  }

  #refuse(id: unknown, message: string): void {
    this.#socket.send(encodeError(id, { code: "INVALID_REQUEST", message }));
  }
}

function callerOf(connId: string, params: ConnectParams, admission: Accepted, peer: Peer): Caller {
  const { id, mode, version, platform, displayName, instanceId, deviceFamily, modelIdentifier } =
    params.client;
  return {
    connId,
    role: admission.role,
    scopes: admission.scopes,
    caps: params.caps ?? [],
    client: {
      id,
      mode,
      version,
      platform,
      ...(displayName === undefined ? {} : { displayName }),
      ...(instanceId === undefined ? {} : { instanceId }),
      ...(deviceFamily === undefined ? {} : { deviceFamily }),
      ...(modelIdentifier === undefined ? {} : { modelIdentifier }),
    },
    ...(admission.deviceId === undefined ? {} : { deviceId: admission.deviceId }),
    authMethod: admission.method,
    address: peer.address,
    isLoopback: peer.isLoopback,
    topics: new Set(),
  };
}

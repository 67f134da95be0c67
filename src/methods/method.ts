import type { MethodContract, ParamsOf, ResultOf, Role } from "../../schemas/contract.ts";
import type { ProtocolError } from "../errors/protocol-error.ts";
import type { Prepared } from "../platform/prepared.ts";
import type { Deps } from "./deps.ts";

/** The peer behind a call, as the handshake settled it. */
export interface Caller {
  readonly connId: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly caps: readonly string[];
  readonly client: {
    readonly id: string;
    readonly mode: string;
    readonly version: string;
    readonly platform: string;
    readonly displayName?: string;
    readonly instanceId?: string;
    readonly deviceFamily?: string;
    readonly modelIdentifier?: string;
  };
  /** The paired or silently paired device that signed the handshake. */
  readonly deviceId?: string;
  /** How the caller proved itself: `token`, `password`, `device-token`, `none`, `trusted-proxy`. */
  readonly authMethod: string;
  readonly address: string;
  readonly isLoopback: boolean;
  /** The event topics this connection subscribed to; handlers of `*.subscribe` change it. See `Audience.topics`. */
  readonly topics: Set<string>;
}

/** One checked call, as a handler sees it: no frame, no socket, no SQL. */
export interface Call<P> {
  readonly requestId: string;
  readonly params: P;
  readonly caller: Caller;
  readonly deps: Deps;
  /** Aborts when the connection closes. */
  readonly signal: AbortSignal;
}

/**
 * The answer of a method with two response frames (`agent`): `first` is sent at once, the second when
 * `rest` settles. A rejection of `rest` becomes an error response with the same request id.
 */
export class TwoResponses<R> {
  readonly first: R;
  readonly rest: Promise<R | FailedEnd<R>>;

  constructor(first: R, rest: Promise<R | FailedEnd<R>>) {
    this.first = first;
    this.rest = rest;
  }
}

/** An error, and beside it what came of the call: a second answer may be one, or the only one. */
export class FailedEnd<R> {
  readonly error: ProtocolError;
  readonly payload: R;

  constructor(error: ProtocolError, payload: R) {
    this.error = error;
    this.payload = payload;
  }
}

export type Handler<C extends MethodContract> = (
  call: Call<ParamsOf<C>>,
) => Answer<ResultOf<C>> | Promise<Answer<ResultOf<C>>>;

type Answer<R> = R | Prepared<R> | TwoResponses<R> | FailedEnd<R>;

/** A contract and what answers it, with the types forgotten: what dispatch keeps in its table. */
export interface Method {
  readonly contract: MethodContract;
  readonly handle: (call: Call<unknown>) => unknown;
  /** What the reference makes of params before it looks at them: members that follow from others. */
  readonly prepare?: (params: unknown) => unknown;
  /** Refuses by throwing, before the params are looked at: what is turned off does not say what it would want. */
  readonly admit?: (deps: Deps) => void;
}

/** Binds a handler to its contract. The handler's params and result are checked against the contract's types. */
export function method<C extends MethodContract>(contract: C, handler: Handler<C>): Method {
  // Dispatch validates params against this very contract before it calls, which is what makes the cast sound.
  return { contract, handle: handler as unknown as Method["handle"] };
}

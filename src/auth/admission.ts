import type { Role } from "../../schemas/contract.ts";
import type { WireError } from "../../schemas/errors.ts";

/** What the transport knows of a peer before it said a word. */
export interface Peer {
  /** The client's address, after `trustedProxies` were taken into account. */
  readonly address: string;
  readonly isLoopback: boolean;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** True when the request came through a proxy that the configuration trusts. */
  readonly isProxied: boolean;
}

/** What the server sent in `connect.challenge`. */
export interface Challenge {
  readonly nonce: string;
  readonly issuedAt: number;
}

/** The handshake succeeded: who the peer is and what it may do. */
export interface Accepted {
  readonly kind: "accepted";
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly method: string;
  readonly deviceId?: string;
  /** The wire's `hello-ok.auth`, complete. */
  readonly auth: Readonly<Record<string, unknown>>;
}

/** The handshake failed: the response to send, after `delayMs`, and the close that follows. */
export interface Refused {
  readonly kind: "refused";
  readonly error: WireError;
  readonly close: { readonly code: number; readonly reason: string };
  readonly delayMs: number;
  /** Set when the reference closes without a response frame. */
  readonly isSilent?: boolean;
}

export type Admission = Accepted | Refused;

/** Decides on a `connect` request. `params` passed the schema already; semantics are decided here. */
export interface Authenticator<ConnectParams> {
  admit(params: ConnectParams, peer: Peer, challenge: Challenge): Promise<Admission>;
}

import { CLOSE, type Close } from "../../schemas/close.ts";
import type { WireError } from "../../schemas/errors.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import { POLICY } from "../../schemas/policy.ts";
import type { Accepted, Authenticator, Challenge, Peer } from "../auth/admission.ts";
import type { Decoded } from "../frames/decode.ts";
import { type Clock, pause } from "../platform/clock.ts";

/** What became of the first frame. */
export type HandshakeResult =
  | { readonly kind: "accepted"; readonly params: ConnectParams; readonly admission: Accepted }
  | { readonly kind: "refused"; readonly error?: WireError; readonly close: Close };

export interface HandshakeDeps {
  readonly authenticator: Authenticator<ConnectParams>;
  /** Says what is wrong with the params of `connect`; loaded with the first connection. */
  readonly checkParams: (params: unknown) => Promise<string | undefined>;
  readonly clock: Clock;
  /** Whether the gateway can serve a client already, or still. */
  readonly isStarting: () => boolean;
}

/** The frame a connection must begin with, or the refusal of anything else. */
export function firstRequest(decoded: Decoded): { id: string; params: unknown } | HandshakeResult {
  if (decoded.kind === "not-json") return { kind: "refused", close: CLOSE.silent };
  if (decoded.kind === "invalid") return { kind: "refused", close: CLOSE.invalidRequestFrame };
  const { id, method, params } = decoded.request;
  return method === "connect" ? { id, params } : refuse(CLOSE.connectExpected);
}

/** Checks and admits. A refusal resolves when it is time to send it, so a guesser learns slowly. */
export async function shakeHands(
  deps: HandshakeDeps,
  request: unknown,
  peer: Peer,
  challenge: Challenge,
  signal: AbortSignal,
): Promise<HandshakeResult> {
  if (deps.isStarting()) return STARTING;
  const problem = await deps.checkParams(request);
  if (problem !== undefined) return refuse({ code: 1008, reason: `invalid connect params: ${problem}` });
  // checkParams has just held it against the schema of ConnectParams.
  const params = request as ConnectParams;
  const admission = await deps.authenticator.admit(params, peer, challenge);
  if (admission.kind === "accepted") return { kind: "accepted", params, admission };
  await pause(deps.clock, admission.delayMs, signal);
  const { close, error, isSilent } = admission;
  return isSilent === true ? { kind: "refused", close } : { kind: "refused", error, close };
}

/** The usual refusal says the same thing twice: in the response and in the close. */
function refuse(close: Close): HandshakeResult {
  return { kind: "refused", error: { code: "INVALID_REQUEST", message: close.reason }, close };
}

const STARTING: HandshakeResult = {
  kind: "refused",
  error: {
    code: "UNAVAILABLE",
    message: "gateway starting; retry shortly",
    details: { reason: "startup-sidecars" },
    retryable: true,
    retryAfterMs: POLICY.startingRetryAfterMs,
  },
  close: CLOSE.starting,
};

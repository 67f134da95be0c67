import { createHash } from "node:crypto";
import type { ConnectParams } from "../../schemas/handshake.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Accepted, Admission, Authenticator, Challenge, Peer, Refused } from "./admission.ts";
import {
  isBrowserCopilot,
  isControlUi,
  isCopilotComplete,
  isLocalBackend,
  isWebPage,
  isWorker,
  keepsScopesWithoutDevice,
} from "./client-kind.ts";
import { proveDevice } from "./device-proof.ts";
import { originProblem } from "./origin.ts";
import { PROTOCOL, PROTOCOL_OF_NODES_MIN, speaksOurProtocol } from "./protocol-range.ts";
import {
  refusedCopilotCaps,
  refusedDeviceMissing,
  refusedDeviceProof,
  refusedOrigin,
  refusedProtocol,
  refusedRole,
  refusedSecret,
  refusedWorker,
} from "./refusals.ts";
import { checkSharedSecret, sentSharedSecret } from "./shared-secret.ts";
import { createThrottle } from "./throttle.ts";

export interface AuthenticatorOptions {
  readonly config: ConfigSource;
  readonly clock: Clock;
}

/** Decides who enters, by the reference's rules and in its order. */
export function createAuthenticator({ config, clock }: AuthenticatorOptions): Authenticator<ConnectParams> {
  const throttle = createThrottle();

  async function admit(params: ConnectParams, peer: Peer, challenge: Challenge): Promise<Admission> {
    const formal = refusedByForm(params) ?? refusedByOrigin(params, peer, config);
    if (formal !== undefined) return formal;
    const role = params.role === "node" ? "node" : "operator";
    const { auth } = config.current().gateway;
    const secret = checkSharedSecret(auth, params.auth);
    if (params.device === undefined) {
      if (isControlUi(params.client)) return refusedDeviceMissing(true);
      const mayEnter = auth.mode === "none" || sentSharedSecret(params.auth);
      if (role === "node" || !mayEnter) return refusedDeviceMissing(false);
    }
    const delayMs = secret.ok || !secret.reason.endsWith("_mismatch") ? 0 : throttle.failed(peer.address);
    if (params.device !== undefined) {
      const proof = proveDevice(params, challenge, clock.now());
      if (!proof.ok) return refusedDeviceProof(proof.problem, delayMs);
    }
    if (!secret.ok) return refusedSecret(secret.reason, params, delayMs);
    throttle.succeeded(peer.address);
    const scopes = role === "node" ? [] : scopesOf(params, peer);
    const shared = auth.mode === "password" ? auth.password : auth.token;
    return {
      kind: "accepted",
      role,
      scopes,
      method: secret.method,
      ...(params.device === undefined ? {} : { deviceId: params.device.id }),
      auth: {
        method: secret.method,
        role,
        scopes,
        ...(role === "operator" && shared !== undefined ? { recoveryScope: recoveryScope(shared) } : {}),
      },
    } satisfies Accepted;
  }

  return { admit };
}

/** What is wrong with a request whoever sends it. */
function refusedByForm(params: ConnectParams): Refused | undefined {
  if (isWorker(params)) return refusedWorker();
  if (!speaksOurProtocol(params)) return refusedProtocol(params, PROTOCOL, PROTOCOL_OF_NODES_MIN);
  if (params.role !== undefined && params.role !== "operator" && params.role !== "node") return refusedRole();
  if (isBrowserCopilot(params.client) && !isCopilotComplete(params.client, params.caps ?? [])) {
    return refusedCopilotCaps();
  }
  return undefined;
}

function refusedByOrigin(params: ConnectParams, peer: Peer, config: ConfigSource): Refused | undefined {
  const { origin, host } = peer.headers;
  if (!isWebPage(params.client) && !origin) return undefined;
  const { controlUi } = config.current().gateway;
  const problem = originProblem(
    { origin, host, isLoopback: peer.isLoopback },
    {
      allowedOrigins: controlUi.allowedOrigins,
      mayMatchHostHeader: controlUi.dangerouslyAllowHostHeaderOriginFallback,
    },
  );
  return problem === undefined ? undefined : refusedOrigin(problem);
}

/** Without a device of its own a client keeps the scopes it asks for only when it is this machine's own tooling. */
function scopesOf(params: ConnectParams, peer: Peer): readonly string[] {
  const wanted = [...new Set(params.scopes ?? [])];
  if (params.device !== undefined && !isLocalBackend(params.client)) return wanted;
  const isOwnTooling = peer.isLoopback && !peer.headers.origin && keepsScopesWithoutDevice(params.client);
  return isOwnTooling ? wanted : [];
}

/** Tells a client that two gateways share a secret, without telling the secret. */
function recoveryScope(secret: string): string {
  return createHash("sha256").update(`recovery-scope\0${secret}`).digest("base64url");
}

import type { Role } from "../../schemas/contract.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import type { Devices } from "../domain/devices/index.ts";
import type { Peer } from "./admission.ts";
import { isLocalBackend } from "./client-kind.ts";
import type { GatewayAuth } from "./settings.ts";
import { type AuthReason, checkSharedSecret, sentSharedSecret } from "./shared-secret.ts";
import { checkTrustedProxy } from "./trusted-proxy.ts";

export type AuthMethod = "none" | "token" | "password" | "device-token" | "bootstrap-token" | "trusted-proxy";

export type CredentialCheck =
  | { readonly ok: true; readonly method: AuthMethod; readonly user?: string }
  | { readonly ok: false; readonly reason: AuthReason };

/** Whether a request carries anything that could open the gateway without a device. */
export function sentCredential(settings: GatewayAuth, params: ConnectParams, peer: Peer): boolean {
  // compat(AU3): an open gateway still wants a device of everybody but this machine's own backend.
  if (settings.mode === "none")
    return isLocalBackend(params.client) && peer.isLoopback && !peer.headers.origin;
  if (settings.mode === "trusted-proxy" && checkTrustedProxy(settings.trustedProxy, peer).ok) return true;
  return sentSharedSecret(params.auth);
}

/** What the gateway itself asks for: its secret, or the word of its proxy. */
export function checkGatewayCredential(
  settings: GatewayAuth,
  params: ConnectParams,
  peer: Peer,
): CredentialCheck {
  if (settings.mode !== "trusted-proxy") return checkSharedSecret(settings, params.auth);
  const proxied = checkTrustedProxy(settings.trustedProxy, peer);
  return proxied.ok ? { ok: true, method: "trusted-proxy", user: proxied.user } : proxied;
}

/**
 * What a device brings when the gateway's own secret did not come along: the token it was given when it was
 * paired, in its own field or in that of the shared token. Undefined when there is none.
 */
export function checkDeviceToken(
  devices: Devices,
  params: ConnectParams,
  role: Role,
  scopes: readonly string[],
): CredentialCheck | undefined {
  const { device, auth } = params;
  if (device === undefined) return undefined;
  const explicit = auth?.deviceToken?.trim();
  const token = explicit || auth?.token?.trim();
  if (!token) return undefined;
  const check = devices.checkToken(device.id, role, token, scopes);
  if (check === "ok") return { ok: true, method: "device-token" };
  if (check === "scope_mismatch") return { ok: false, reason: "scope_mismatch" };
  // A wrong token in the field of the shared one is reported as a wrong shared token.
  return explicit ? { ok: false, reason: "device_token_mismatch" } : undefined;
}

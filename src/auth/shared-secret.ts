import type { ConnectParams } from "../../schemas/handshake.ts";
import { secretsEqual } from "./constant-time.ts";
import type { GatewayAuth } from "./settings.ts";

export type AuthReason =
  | "bootstrap_token_invalid"
  | "device_token_mismatch"
  | "password_missing"
  | "password_mismatch"
  | "password_missing_config"
  | "rate_limited"
  | "scope_mismatch"
  | "token_mismatch"
  | "token_missing"
  | "token_missing_config"
  | "trusted_proxy_untrusted_source"
  | "trusted_proxy_user_missing"
  | "trusted_proxy_user_not_allowed";

export type SecretCheck =
  | { readonly ok: true; readonly method: "none" | "token" | "password" }
  | { readonly ok: false; readonly reason: AuthReason };

type Credentials = NonNullable<ConnectParams["auth"]>;

/** Holds what a peer sent against the gateway's shared secret. Either wire field may carry either secret. */
export function checkSharedSecret(settings: GatewayAuth, given: Credentials | undefined): SecretCheck {
  if (settings.mode === "none") return { ok: true, method: "none" };
  const kind = settings.mode === "password" ? "password" : "token";
  const expected = settings[kind];
  if (expected === undefined) return { ok: false, reason: `${kind}_missing_config` };
  const [own, other] = kind === "token" ? [given?.token, given?.password] : [given?.password, given?.token];
  const candidate = (own ?? "").trim() || (other ?? "").trim();
  if (candidate === "") return { ok: false, reason: `${kind}_missing` };
  if (!secretsEqual(candidate, expected)) return { ok: false, reason: `${kind}_mismatch` };
  return { ok: true, method: kind };
}

/** True when a peer sent anything that could be the shared secret, right or wrong. */
export function sentSharedSecret(given: Credentials | undefined): boolean {
  return Boolean(given?.token) || Boolean(given?.password);
}

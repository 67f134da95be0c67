import type { ErrorCode } from "../../schemas/errors.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import type { PairingOutcome, PairingReason } from "../domain/devices/index.ts";
import type { Refused } from "./admission.ts";
import { isWebPage } from "./client-kind.ts";
import type { AuthReason } from "./shared-secret.ts";

/** The reference keeps three bytes away from what RFC 6455 leaves for the reason of a close frame. */
const CLOSE_REASON_BYTES_MAX = 120;
const POLICY_VIOLATION = 1008;
const PROTOCOL_ERROR = 1002;
const NORMAL = 1000;

interface RefusalOptions {
  readonly code?: ErrorCode;
  readonly details?: unknown;
  readonly closeCode?: number;
  readonly closeReason?: string;
  readonly delayMs?: number;
}

/** Almost every refusal says the same text twice: in the response, and as the reason of the close. */
export function refused(message: string, options: RefusalOptions = {}): Refused {
  return {
    kind: "refused",
    error: {
      code: options.code ?? "INVALID_REQUEST",
      message,
      ...(options.details === undefined ? {} : { details: options.details }),
    },
    close: {
      code: options.closeCode ?? POLICY_VIOLATION,
      reason: closeReason(options.closeReason ?? message),
    },
    delayMs: options.delayMs ?? 0,
  };
}

/** Cuts a text to what fits a close frame, never through a character. */
export function closeReason(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= CLOSE_REASON_BYTES_MAX) return text;
  let end = CLOSE_REASON_BYTES_MAX;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString();
}

/** The reference gives peers of its worker protocol no word on the general one. */
export function refusedWorker(): Refused {
  return { ...refused("invalid-handshake"), isSilent: true };
}

/** compat(AU4): this machine's backend is dropped without a word when it says it is a node. */
export function refusedBackendNode(): Refused {
  return { ...refused("", { closeCode: NORMAL }), isSilent: true };
}

export function refusedProtocol(
  range: { readonly minProtocol: number; readonly maxProtocol: number },
  expectedProtocol: number,
  minimumProbeProtocol: number,
): Refused {
  return refused("protocol mismatch", {
    closeCode: PROTOCOL_ERROR,
    details: {
      code: "PROTOCOL_MISMATCH",
      clientMinProtocol: range.minProtocol,
      clientMaxProtocol: range.maxProtocol,
      expectedProtocol,
      minimumProbeProtocol,
    },
  });
}

export function refusedRole(): Refused {
  return refused("invalid role");
}

export function refusedOrigin(reason: string): Refused {
  return refused(
    "origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)",
    { details: { code: "CONTROL_UI_ORIGIN_NOT_ALLOWED", reason } },
  );
}

export function refusedCopilotOrigin(): Refused {
  return refused("browser copilot requires a canonical Chrome extension origin", {
    details: { code: "CONTROL_UI_ORIGIN_NOT_ALLOWED", reason: "invalid browser copilot origin" },
  });
}

export function refusedCopilotCaps(): Refused {
  return refused(
    "browser copilot requires ui mode with run-tool-bindings and session-scoped-events capabilities",
  );
}

export function refusedDeviceMissing(isControlUi: boolean): Refused {
  if (!isControlUi) {
    return refused("device identity required", {
      code: "NOT_PAIRED",
      details: { code: "DEVICE_IDENTITY_REQUIRED" },
    });
  }
  return refused("control ui requires device identity (use HTTPS or localhost secure context)", {
    details: { code: "CONTROL_UI_DEVICE_IDENTITY_REQUIRED" },
  });
}

const DEVICE_PROOF = {
  "device-id-mismatch": ["device identity mismatch", "DEVICE_AUTH_DEVICE_ID_MISMATCH"],
  "device-nonce-mismatch": ["device nonce mismatch", "DEVICE_AUTH_NONCE_MISMATCH"],
  "device-nonce-missing": ["device nonce required", "DEVICE_AUTH_NONCE_REQUIRED"],
  "device-signature": ["device signature invalid", "DEVICE_AUTH_SIGNATURE_INVALID"],
  "device-signature-stale": ["device signature expired", "DEVICE_AUTH_SIGNATURE_EXPIRED"],
} as const;

export type DeviceProofProblem = keyof typeof DEVICE_PROOF;

export function refusedDeviceProof(reason: DeviceProofProblem, delayMs = 0): Refused {
  const [message, code] = DEVICE_PROOF[reason];
  return refused(message, { details: { code, reason }, delayMs });
}

/** What to tell the person who has to put it right, by the program they sit at. */
const HINTS = {
  page: {
    token_mismatch: "open the dashboard URL and paste the token in Control UI settings",
    token_missing: "paste in Control UI settings or openclaw doctor --generate-gateway-token; restart",
    password: "enter the password in Control UI settings",
  },
  cli: {
    token_mismatch: "use this gateway's gateway.auth.token or pair the device",
    token_missing: "use this gateway's gateway.auth.token or pair the device",
    password: "use this gateway's gateway.auth.password",
  },
  "remote-cli": {
    token_mismatch: "set gateway.remote.token to match gateway.auth.token",
    token_missing: "set gateway.remote.token to match gateway.auth.token",
    password: "set gateway.remote.password to match gateway.auth.password",
  },
  other: {
    token_mismatch: "provide gateway auth token",
    token_missing: "provide gateway auth token",
    password: "provide gateway auth password",
  },
} as const;

const SECRET_MESSAGES: Readonly<Partial<Record<AuthReason, string>>> = {
  bootstrap_token_invalid:
    "setup code invalid, expired, revoked, or already used (create a new code; review `openclaw devices list`)",
  device_token_mismatch: "device token mismatch (rotate/reissue device token)",
  password_missing_config: "gateway password not configured on gateway (set gateway.auth.password)",
  rate_limited: "too many failed authentication attempts (retry later)",
  scope_mismatch: "device token scope mismatch (re-pair or approve scope upgrade)",
  token_missing_config: "gateway token not configured on gateway (set gateway.auth.token)",
};

type NextStep =
  | "retry_with_device_token"
  | "review_auth_configuration"
  | "update_auth_configuration"
  | "update_auth_credentials"
  | "wait_then_retry";

/** The codes that are not simply `AUTH_` and the reason. */
const SECRET_CODES: Readonly<Partial<Record<AuthReason, string>>> = {
  device_token_mismatch: "AUTH_DEVICE_TOKEN_MISMATCH",
  token_missing_config: "AUTH_TOKEN_NOT_CONFIGURED",
  password_missing_config: "AUTH_PASSWORD_NOT_CONFIGURED",
  trusted_proxy_untrusted_source: "AUTH_UNAUTHORIZED",
  trusted_proxy_user_missing: "AUTH_UNAUTHORIZED",
  trusted_proxy_user_not_allowed: "AUTH_UNAUTHORIZED",
};

/** The gateway's secret, or what stands in for it, was wrong or absent. */
export function refusedSecret(
  reason: AuthReason,
  params: ConnectParams,
  options: { readonly isLocal: boolean; readonly delayMs?: number },
): Refused {
  const canRetryWithDeviceToken =
    reason === "token_mismatch" && params.device !== undefined && !params.auth?.deviceToken;
  const text = secretMessage(reason, params, options.isLocal);
  return refused(text === undefined ? "unauthorized" : `unauthorized: ${text}`, {
    details: {
      code: SECRET_CODES[reason] ?? `AUTH_${reason.toUpperCase()}`,
      authReason: reason,
      canRetryWithDeviceToken,
      recommendedNextStep: nextStep(reason, canRetryWithDeviceToken),
    },
    delayMs: options.delayMs ?? 0,
  });
}

function secretMessage(reason: AuthReason, params: ConnectParams, isLocal: boolean): string | undefined {
  const fixed = SECRET_MESSAGES[reason];
  if (fixed !== undefined) return fixed;
  const hints = HINTS[audienceOf(params, isLocal)];
  if (reason === "password_mismatch") return `gateway password mismatch (${hints.password})`;
  if (reason === "password_missing") return `gateway password missing (${hints.password})`;
  if (reason === "token_mismatch") return `gateway token mismatch (${hints.token_mismatch})`;
  if (reason === "token_missing") return `gateway token missing (${hints.token_missing})`;
  return undefined;
}

function audienceOf({ client }: ConnectParams, isLocal: boolean): keyof typeof HINTS {
  if (isWebPage(client)) return "page";
  if (client.mode !== "cli") return "other";
  return isLocal ? "cli" : "remote-cli";
}

function nextStep(reason: AuthReason, canRetryWithDeviceToken: boolean): NextStep {
  if (canRetryWithDeviceToken) return "retry_with_device_token";
  if (reason === "rate_limited") return "wait_then_retry";
  if (reason === "token_missing" || reason === "password_missing") return "update_auth_configuration";
  if (reason.endsWith("_missing_config")) return "update_auth_configuration";
  if (reason.endsWith("_mismatch") && reason !== "scope_mismatch") return "update_auth_credentials";
  return "review_auth_configuration";
}

/** An address that failed too often is told when it may come back. */
export function refusedLockout(params: ConnectParams, retryAfterMs: number): Refused {
  const answer = refusedSecret("rate_limited", params, { isLocal: false });
  return { ...answer, error: { ...answer.error, retryable: true, retryAfterMs } };
}

const PAIRING: Readonly<Record<PairingReason, readonly [message: string, hint: string]>> = {
  "not-paired": [
    "pairing required: device is not approved yet",
    "Approve this device from the pending pairing requests.",
  ],
  "role-upgrade": [
    "pairing required: device is asking for a higher role than currently approved",
    "Review the requested role upgrade, then approve the pending request.",
  ],
  "scope-upgrade": [
    "pairing required: device is asking for more scopes than currently approved",
    "Review the requested scopes, then approve the pending upgrade.",
  ],
  "metadata-upgrade": [
    "pairing required: device identity changed and must be re-approved",
    "Review the refreshed device details, then approve the pending request.",
  ],
};

/** Somebody has to look at this device first. */
export function refusedPairing(
  pending: PairingOutcome & { readonly kind: "pending" },
  asked: { readonly role: string; readonly scopes: readonly string[]; readonly waits: boolean },
): Refused {
  const { reason, request, paired } = pending;
  const [message, remediationHint] = PAIRING[reason];
  return refused(message, {
    code: "NOT_PAIRED",
    closeReason: `${message} (requestId: ${request.requestId})`,
    details: {
      code: "PAIRING_REQUIRED",
      reason,
      requestId: request.requestId,
      remediationHint,
      ...(asked.waits
        ? { recommendedNextStep: "wait_then_retry", retryable: true, pauseReconnect: false }
        : {}),
      deviceId: request.deviceId,
      requestedRole: asked.role,
      ...(asked.scopes.length === 0 ? {} : { requestedScopes: asked.scopes }),
      ...(paired === undefined ? {} : { approvedRoles: paired.roles, approvedScopes: paired.scopes }),
    },
  });
}

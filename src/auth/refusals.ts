import type { ErrorCode } from "../../schemas/errors.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import type { Refused } from "./admission.ts";
import { isWebPage } from "./client-kind.ts";
import type { AuthReason } from "./shared-secret.ts";

/** RFC 6455 leaves 123 bytes for the reason of a close frame. */
const CLOSE_REASON_BYTES_MAX = 123;
const POLICY_VIOLATION = 1008;
const PROTOCOL_ERROR = 1002;

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
function closeReason(text: string): string {
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

const HINTS = {
  page: {
    mismatch: "open the dashboard URL and paste the token in Control UI settings",
    missing: "paste in Control UI settings or openclaw doctor --generate-gateway-token; restart",
  },
  cli: {
    mismatch: "use this gateway's gateway.auth.token or pair the device",
    missing: "use this gateway's gateway.auth.token or pair the device",
  },
  other: { mismatch: "provide gateway auth token", missing: "provide gateway auth token" },
} as const;

/** The shared secret was wrong or absent. The hint depends on who has to type it in. */
export function refusedSecret(reason: AuthReason, params: ConnectParams, delayMs = 0): Refused {
  const kind = reason.startsWith("password") ? "password" : "token";
  const isMismatch = reason.endsWith("_mismatch");
  const audience = isWebPage(params.client) ? "page" : params.client.mode === "cli" ? "cli" : "other";
  const hint = HINTS[audience][isMismatch ? "mismatch" : "missing"].replace("token", kind);
  const canRetryWithDeviceToken = isMismatch && kind === "token" && params.device !== undefined;
  const retryStep = canRetryWithDeviceToken ? "retry_with_device_token" : "update_auth_credentials";
  return refused(`unauthorized: gateway ${kind} ${isMismatch ? "mismatch" : "missing"} (${hint})`, {
    details: {
      code: `AUTH_${reason.toUpperCase()}`,
      authReason: reason,
      canRetryWithDeviceToken,
      recommendedNextStep: isMismatch ? retryStep : "update_auth_configuration",
    },
    delayMs,
  });
}

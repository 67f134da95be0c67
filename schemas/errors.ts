/**
 * The closed set of error codes a client can see, and what each says about trying again.
 * Source: the reference's `ErrorCodes`; observed on the wire.
 */
export const RETRYABLE = {
  AGENT_TIMEOUT: true,
  APPROVAL_NOT_FOUND: false,
  FORBIDDEN: false,
  INVALID_REQUEST: false,
  NOT_LINKED: false,
  NOT_PAIRED: false,
  UNAVAILABLE: true,
} as const;

export type ErrorCode = keyof typeof RETRYABLE;

/** The `error` object of a response frame. `retryable` is present only when the reference sends it. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: unknown;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

/** What a request is told for which there is no room. */
export const BUSY: WireError = {
  code: "UNAVAILABLE",
  message: "The server is busy. Please try again in a moment.",
  retryable: true,
};

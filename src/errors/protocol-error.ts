import type { ErrorCode, WireError } from "../../schemas/errors.ts";
import { RETRYABLE } from "../../schemas/errors.ts";

export interface ProtocolErrorOptions {
  readonly details?: unknown;
  readonly cause?: unknown;
  /** How long a client should wait, in milliseconds; sent only with retryable codes. */
  readonly retryAfterMs?: number;
  /** Where the reference says otherwise than the code does. */
  readonly retryable?: boolean;
  /** Whether it is said that it may not be tried again; usually that is silence. */
  readonly saysFinal?: boolean;
}

/** Thrown on purpose and shown to the client word for word: its text is part of compatibility. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean;
  readonly saysFinal: boolean;

  constructor(code: ErrorCode, message: string, options: ProtocolErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable ?? RETRYABLE[code];
    this.saysFinal = options.saysFinal === true;
  }

  /** The `error` object of the response frame. Absent members are left out, as on the reference's wire. */
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(this.retryable ? { retryable: true } : this.saysFinal ? { retryable: false } : {}),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** The usual refusal: the request itself is wrong and repeating it will not help. */
export function invalidRequest(message: string, options: ProtocolErrorOptions = {}): ProtocolError {
  return new ProtocolError("INVALID_REQUEST", message, options);
}

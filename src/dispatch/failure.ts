import type { WireError } from "../../schemas/errors.ts";
import { ProtocolError } from "../errors/protocol-error.ts";

/**
 * The one place where something thrown becomes an answer. What was thrown on purpose is sent word for word; anything
 * else is our bug, and the client learns no more than that.
 */
export function toWireError(thrown: unknown): { readonly error: WireError; readonly isBug: boolean } {
  if (thrown instanceof ProtocolError) return { error: thrown.toWire(), isBug: false };
  return { error: INTERNAL, isBug: true };
}

const INTERNAL: WireError = { code: "UNAVAILABLE", message: "internal error", retryable: true };

/** No profile is known to this gateway, so none can be the expected one. */
export const PROFILE_MISMATCH: WireError = {
  code: "INVALID_REQUEST",
  message: "Selected account changed or is unavailable. Select the account again before retrying.",
  details: { reason: "EXPECTED_PROFILE_MISMATCH", execution: "not_started" },
};

import { ProtocolError } from "../../errors/protocol-error.ts";

/** What became of an idempotency key. `stored` holds the final answer, also after a restart. */
export type Claim =
  | { readonly state: "new" }
  | { readonly state: "in-flight"; readonly runId: string }
  | { readonly state: "stored"; readonly ok: boolean; readonly payload: unknown };

/** Remembers side effects by the key the client gave, so that a repeated request does not happen twice. */
export interface Idempotency {
  /** Takes the key for this method, durably, or says who has it. */
  claim(method: string, key: string, runId: string): Promise<Claim>;
  /** Stores the final answer for later repeats. */
  settle(method: string, key: string, outcome: { ok: boolean; payload: unknown }): Promise<void>;
}

/**
 * Does this once for a key of a method. A repeat is told what came of the first time, a refusal as well; failures
 * that are nobody's answer are not kept.
 */
export async function once<Result>(
  idempotency: Idempotency,
  method: string,
  key: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const claim = await idempotency.claim(method, key, key);
  if (claim.state === "stored") {
    // Kept below, and by nobody else, under this method and key.
    if (claim.ok) return claim.payload as Result;
    const { code, message, details } = claim.payload as ProtocolError;
    throw new ProtocolError(code, message, { details, retryable: false });
  }
  try {
    const payload = await act();
    await idempotency.settle(method, key, { ok: true, payload });
    return payload;
  } catch (error) {
    if (error instanceof ProtocolError) {
      await idempotency.settle(method, key, { ok: false, payload: error.toWire() });
    }
    throw error;
  }
}

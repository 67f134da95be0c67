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

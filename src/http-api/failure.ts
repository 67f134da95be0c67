import type { RunOutcome } from "../domain/runs/index.ts";
import { INVALID } from "./answers.ts";

export interface Failure {
  readonly status: number;
  readonly message: string;
  readonly type: string;
}

/** How a run that failed is told: a provider's word about the request is passed on, anything else stays inside. */
export function failureOf({ error = "", refusal }: RunOutcome): Failure {
  if (refusal !== undefined) return { status: 400, message: refusal, type: INVALID };
  if (/\bHTTP 400\b/.test(error)) return { status: 400, message: error, type: INVALID };
  return { status: 500, message: "internal error", type: "api_error" };
}

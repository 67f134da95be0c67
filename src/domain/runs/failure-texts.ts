import type { Model } from "../models/index.ts";
import { type FailureReason, ProviderFailure } from "./provider.ts";

/** What each failure says to the person who waits, in the words that clients of the reference see. */
const CAUSES: Readonly<Record<FailureReason, { cause: string; advice: string }>> = {
  auth: { cause: "authentication failed", advice: "Re-authenticate the provider and try again." },
  billing: { cause: "billing problem", advice: "Check the provider account and try again." },
  format: { cause: "provider rejected the request", advice: "Please try again." },
  model_not_found: { cause: "model not found", advice: "Choose another model and try again." },
  overloaded: { cause: "provider overloaded", advice: "Please try again in a moment." },
  rate_limit: { cause: "rate limited", advice: "Please try again in a moment." },
  timeout: { cause: "timed out", advice: "Please try again." },
};

export const EMPTY_ANSWER = "⚠️ Agent couldn't generate a response. Please try again.";
const TIMED_OUT = "LLM request timed out.";

export interface FailureTexts {
  /** For `lastRunError`, `lifecycle` and the first `chat` error. */
  readonly run: string;
  /** For the transcript. */
  readonly transcript: string;
  readonly observation: Readonly<Record<string, unknown>>;
}

export function failureTexts(failure: ProviderFailure, model: Model): FailureTexts {
  const { cause, advice } = CAUSES[failure.reason];
  const status = failure.status === undefined ? "" : `, HTTP ${failure.status}`;
  const text = (subject: string) => `⚠️ ${subject} request failed (${cause}${status}). ${advice}`;
  const isTimeout = failure.reason === "timeout" && failure.status === undefined;
  return {
    run: isTimeout ? TIMED_OUT : text(`${model.provider}/${model.id}`),
    transcript: isTimeout ? TIMED_OUT : text("LLM"),
    observation: observationOf(failure, model),
  };
}

/** What is told of the request as a whole when its run failed. */
export function requestFailure(run: string): string {
  return `⚠️ Agent failed before reply: ${run}\nTo view logs, run \`openclaw logs --follow\` in a terminal.`;
}

/** The machine-readable side of a failure. */
export function observationOf(failure: ProviderFailure, model: Model): Readonly<Record<string, unknown>> {
  return {
    provider: model.provider,
    model: model.id,
    failoverReason: failure.reason,
    providerRuntimeFailureKind: failure.reason === "timeout" ? "timeout" : "unclassified",
  };
}

/** Whatever a provider threw, as a `ProviderFailure`. */
export function asProviderFailure(thrown: unknown): ProviderFailure {
  if (thrown instanceof ProviderFailure) return thrown;
  return new ProviderFailure("format", thrown instanceof Error ? thrown.message : String(thrown), {
    cause: thrown,
  });
}

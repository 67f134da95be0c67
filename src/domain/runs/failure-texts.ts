import type { Model } from "../models/index.ts";
import { type FailureReason, ProviderFailure } from "./provider.ts";

export const EMPTY_ANSWER = "⚠️ Agent couldn't generate a response. Please try again.";
export const TIMED_OUT =
  "Request timed out before a response was generated. Please try again, or increase `agents.defaults.timeoutSeconds` in your config.";

const SHORTLY = "This is usually temporary — try again shortly.";

/** What a failure is called, and what to do about it, in the words that clients of the reference see. */
const CAUSES: Readonly<Record<FailureReason, { cause: string; advice?: string; kind?: string }>> = {
  auth: { cause: "authentication failed", advice: "Re-authenticate the provider and try again." },
  billing: { cause: "billing problem", advice: "Check the provider account and try again." },
  format: { cause: "request format rejected", kind: "schema" },
  model_not_found: { cause: "model not found", kind: "model_not_found" },
  overloaded: { cause: "provider overloaded", advice: SHORTLY, kind: "timeout" },
  rate_limit: { cause: "rate limited", kind: "rate_limit" },
  server_error: { cause: "provider internal error", advice: SHORTLY, kind: "timeout" },
  timeout: { cause: "request timed out", advice: SHORTLY, kind: "timeout" },
};

/** Failures that are told in words of their own instead of cause and advice. */
const OWN_WORDS: Readonly<Partial<Record<FailureReason, string>>> = {
  format: "LLM request failed: provider rejected the request schema or tool payload.",
  model_not_found:
    "The selected model was not found by the provider. Check the model id or choose a different model.",
  timeout: "LLM request timed out.",
};

const MODEL_GONE =
  "⚠️ The configured model is unavailable from the provider — it may have been renamed, retired, or is not offered on this account. This needs a config update (agents.defaults.model); retrying or starting a new session won't fix it.";

export interface FailureTexts {
  /** For `lifecycle` and the first `chat` error. */
  readonly run: string;
  /** For the second `chat` error, about the request as a whole. */
  readonly request: string;
  /** For `lastRunError`. */
  readonly session: string;
  /** For the transcript. */
  readonly transcript: string;
  readonly observation: Readonly<Record<string, unknown>>;
}

export function failureTexts(failure: ProviderFailure, model: Model): FailureTexts {
  const { cause, advice } = CAUSES[failure.reason];
  const status = failure.status === undefined ? "" : `, HTTP ${failure.status}`;
  const sentence = (subject: string) =>
    `⚠️ ${subject} request failed (${cause}${status}).${advice === undefined ? "" : ` ${advice}`}`;
  const run = runText(failure) ?? sentence(`${model.provider}/${model.id}`);
  const isModelGone = failure.reason === "model_not_found";
  return {
    run,
    request: isModelGone ? MODEL_GONE : requestFailure(run),
    session: isModelGone ? MODEL_GONE : run,
    transcript: sentence("LLM"),
    observation: observationOf(failure, model),
  };
}

function runText(failure: ProviderFailure): string | undefined {
  if (failure.reason !== "rate_limit") return OWN_WORDS[failure.reason];
  const wait =
    failure.retryAfterMs === undefined ? "" : `; Retry-After: ${failure.retryAfterMs / 1_000} seconds`;
  return `⚠️ ${failure.message}${wait}`;
}

export function requestFailure(run: string): string {
  return `⚠️ Agent failed before reply: ${run}\nTo view logs, run \`openclaw logs --follow\` in a terminal.`;
}

/** The machine-readable side of a failure. */
export function observationOf(failure: ProviderFailure, model: Model): Readonly<Record<string, unknown>> {
  return {
    provider: model.provider,
    model: model.id,
    failoverReason: failure.reason,
    providerRuntimeFailureKind: CAUSES[failure.reason].kind ?? "unclassified",
  };
}

/** Whatever a provider threw, as a `ProviderFailure`. */
export function asProviderFailure(thrown: unknown): ProviderFailure {
  if (thrown instanceof ProviderFailure) return thrown;
  return new ProviderFailure("format", thrown instanceof Error ? thrown.message : String(thrown), {
    cause: thrown,
  });
}

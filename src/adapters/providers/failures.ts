import { type FailureReason, ProviderFailure } from "../../domain/runs/index.ts";

/** What an HTTP status of a provider means. None at all is a connection that broke or never was. */
export function reasonOf(status: number | undefined, said: string): FailureReason {
  if (status === undefined) return "timeout";
  if (status === 401 || status === 403) return "auth";
  if (status === 402) return "billing";
  if (status === 404) return "model_not_found";
  if (status === 408 || status === 504) return "timeout";
  if (status === 429) return /quota|billing|credit/i.test(said) ? "billing" : "rate_limit";
  if (status === 503 || status === 529) return "overloaded";
  if (status >= 500) return "server_error";
  return "format";
}

/** Seconds of a `retry-after` header; a date in it is not taken, since clocks differ. */
export function retryAfterMs(header: string | null | undefined): number | undefined {
  const seconds = header == null || header === "" ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** A connection that could not be made, or broke, or fell silent. */
export function brokenConnection(cause: unknown): ProviderFailure {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ProviderFailure("timeout", said, { cause });
}

import { type FailureReason, ProviderFailure } from "../../../domain/runs/index.ts";

/** What the SDK's errors have in common; it is read without importing the SDK. */
interface SdkError {
  readonly message: string;
  readonly status?: number | undefined;
  readonly error?: { readonly message?: unknown } | undefined;
  readonly headers?: { get?(name: string): string | null } | undefined;
}

/** The SDK's failures in our words. Anything without a status is a connection that broke or never was. */
export function toFailure(thrown: unknown): ProviderFailure {
  if (thrown instanceof ProviderFailure) return thrown;
  const error = asSdkError(thrown);
  const { status } = error;
  const said = typeof error.error?.message === "string" ? error.error.message : error.message;
  return new ProviderFailure(reasonOf(status, said), said, {
    status,
    retryAfterMs: retryAfterMs(error),
    cause: thrown,
  });
}

function asSdkError(thrown: unknown): SdkError {
  // Every member is checked where it is used.
  return thrown instanceof Error ? (thrown as Error & SdkError) : { message: String(thrown) };
}

function reasonOf(status: number | undefined, said: string): FailureReason {
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

function retryAfterMs(error: SdkError): number | undefined {
  const seconds = Number(error.headers?.get?.("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

import { ProviderFailure } from "../../../domain/runs/index.ts";
import { reasonOf, retryAfterMs } from "../failures.ts";

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
    retryAfterMs: retryAfterMs(error.headers?.get?.("retry-after")),
    cause: thrown,
  });
}

function asSdkError(thrown: unknown): SdkError {
  // Every member is checked where it is used.
  return thrown instanceof Error ? (thrown as Error & SdkError) : { message: String(thrown) };
}

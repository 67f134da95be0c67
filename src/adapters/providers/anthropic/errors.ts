import { type FailureReason, ProviderFailure } from "../../../domain/runs/index.ts";
import { member, textMember } from "../foreign.ts";

const REASONS: Readonly<Record<string, FailureReason>> = {
  authentication_error: "auth",
  permission_error: "auth",
  billing_error: "billing",
  not_found_error: "model_not_found",
  overloaded_error: "overloaded",
  rate_limit_error: "rate_limit",
  timeout_error: "timeout",
  api_error: "server_error",
};

/** A stream may fail after it began well: then the failure is an event of it. */
export function failureIn(event: unknown): ProviderFailure | undefined {
  if (textMember(event, "type") !== "error") return undefined;
  const error = member(event, "error");
  const reason = REASONS[textMember(error, "type") ?? ""] ?? "format";
  return new ProviderFailure(reason, textMember(error, "message") ?? "the service broke off");
}

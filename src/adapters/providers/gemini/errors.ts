import { ProviderFailure } from "../../../domain/runs/index.ts";
import { reasonOf } from "../failures.ts";
import { member, numberMember, textMember } from "../foreign.ts";

/** A stream may fail after it began well: then a document of it is an error. */
export function failureIn(document: unknown): ProviderFailure | undefined {
  const error = member(document, "error");
  if (error === undefined) return undefined;
  const status = numberMember(error, "code");
  const said = textMember(error, "message") ?? "the service broke off";
  return new ProviderFailure(reasonOf(status, said), said, { status });
}

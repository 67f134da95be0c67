import { ProviderFailure } from "../../../domain/runs/index.ts";
import { textMember } from "../foreign.ts";

/** A server that fails in the middle says so in a line of the answer. */
export function failureIn(line: unknown): ProviderFailure | undefined {
  const said = textMember(line, "error");
  return said === undefined ? undefined : new ProviderFailure("server_error", said);
}

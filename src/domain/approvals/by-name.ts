import { invalidRequest } from "../../errors/protocol-error.ts";
import type { ApprovalRecord } from "./record.ts";

/** The approval that somebody means: its id, or the beginning of one that waits. Commands come before plugins'. */
export function namedBy(word: string, records: readonly ApprovalRecord[]): ApprovalRecord | undefined {
  const wanted = word.toLowerCase();
  for (const kind of ["exec", "plugin"]) {
    const own = records.filter((record) => record.kind === kind);
    const exact = own.find(({ id }) => id.toLowerCase() === wanted);
    if (exact !== undefined) return exact;
    const begun = own.filter(({ id, ending }) => ending === undefined && id.toLowerCase().startsWith(wanted));
    if (begun.length > 1) throw invalidRequest("ambiguous approval id prefix; use the full id");
    if (begun[0] !== undefined) return begun[0];
  }
  return undefined;
}

import { POLICY } from "../../../schemas/policy.ts";
import type { Approval } from "../../../schemas/shapes/approval.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { parseJson } from "../../platform/json.ts";
import type { HistoryPage } from "./index.ts";
import { toWireApproval } from "./record.ts";
import type { ApprovalStore, HistoryPlace } from "./store.ts";

/** One page of what was decided, latest first. The cursor names the last one of the page before. */
export async function pageOf(
  store: ApprovalStore,
  { cursor, limit = POLICY.approvalHistoryPage, kind }: HistoryPage,
): Promise<{ items: Approval[]; nextCursor?: string }> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  if (kind === "system-agent") return { items: [] };
  const records = await store.ended({
    limit: limit + 1,
    ...(kind === undefined ? {} : { kind }),
    ...(after === undefined ? {} : { after }),
  });
  const page = records.slice(0, limit);
  const last = page.at(-1);
  const isMore = records.length > limit && last?.ending !== undefined;
  return {
    items: page.map(toWireApproval),
    ...(isMore && last.ending ? { nextCursor: cursorAt({ resolvedAtMs: last.ending.at, id: last.id }) } : {}),
  };
}

function cursorAt(place: HistoryPlace): string {
  return Buffer.from(JSON.stringify({ v: 1, ...place })).toString("base64url");
}

function placeOf(cursor: string): HistoryPlace {
  const value = parseJson(Buffer.from(cursor, "base64url").toString());
  if (typeof value === "object" && value !== null && Reflect.get(value, "v") === 1) {
    const { resolvedAtMs, id } = value as Partial<HistoryPlace>;
    if (typeof resolvedAtMs === "number" && typeof id === "string") return { resolvedAtMs, id };
  }
  throw invalidRequest("invalid approval.history cursor");
}

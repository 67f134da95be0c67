import type { ParamsOf } from "../../../schemas/contract.ts";
import { auditActivityList, auditList } from "../../../schemas/methods/audit/audit.ts";
import type { Audit, AuditQuery } from "../../domain/audit/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const LIMIT_DEFAULT = 100;

type Params = Omit<AuditQuery, "limit" | "beforeSequence"> & {
  readonly limit?: number;
  readonly cursor?: string;
};

export default [
  method(auditList, ({ params, deps }) => page(deps.audit, params, "audit.list")),
  method(auditActivityList, async ({ params, deps }) => {
    mustBePossible(params);
    const answer = await page(deps.audit, params, "audit.activity.list");
    const events = answer.events.map((event) => ({ ...event, schemaVersion: 1, eventType: event.kind }));
    return { ...answer, events };
  }),
] satisfies Method[];

/** What only messages have, and what only runs and tools have, cannot be looked for at once. */
function mustBePossible({ kind, sessionKey, ...rest }: ParamsOf<typeof auditActivityList>): void {
  const refuse = (why: string) => invalidRequest(`invalid audit.activity.list filters: ${why}`);
  if (kind === "message" && sessionKey !== undefined)
    throw refuse("sessionKey only applies to kind agent_run or tool_action");
  for (const name of ["direction", "channel"] as const) {
    if (rest[name] === undefined) continue;
    if (kind !== undefined && kind !== "message") throw refuse(`${name} only applies to kind message`);
    if (sessionKey !== undefined) throw refuse(`${name} cannot be combined with sessionKey`);
  }
}

async function page(audit: Audit, { cursor, limit = LIMIT_DEFAULT, ...query }: Params, name: string) {
  const isPlace = cursor === undefined || (/^\s*\d{1,15}\s*$/.test(cursor) && Number(cursor) > 0);
  const isBackwards = query.after !== undefined && query.before !== undefined && query.after > query.before;
  if (!isPlace || isBackwards) throw invalidRequest(`invalid ${name} range or cursor`);
  const before = cursor === undefined ? {} : { beforeSequence: Number(cursor) };
  const { events, hasMore } = await audit.list({ ...query, ...before, limit });
  const last = events.at(-1);
  return {
    events: events.map((event) => ({ ...event })),
    ...(hasMore && last !== undefined ? { nextCursor: String(last.sequence) } : {}),
  };
}

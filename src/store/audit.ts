import { createHash } from "node:crypto";
import type { Audit, AuditEvent, AuditQuery } from "../domain/audit/index.ts";
import type { RunOutcome, RunRequest } from "../domain/runs/request.ts";
import type { Database } from "./database.ts";

/** Runs that one question looks at. */
const RUNS_MAX = 5_000;

interface Row {
  readonly position: number;
  readonly request: string;
  readonly outcome: string | null;
}

/** How a run failed, in the trail's words. */
const ERROR_CODE: Readonly<Record<string, string>> = {
  error: "run_failed",
  aborted: "run_cancelled",
  timeout: "run_timed_out",
};
const STATUS = { ok: "succeeded", error: "failed", aborted: "cancelled", timeout: "timed_out" } as const;

/** The audit trail, read from the journal of the runs: what is promised there did happen. */
export function createAudit(database: Database): Audit {
  return {
    async list(query) {
      if (query.kind !== undefined && query.kind !== "agent_run") return { events: [], hasMore: false };
      // Messages of chat networks are what has a direction and a channel.
      if (query.direction !== undefined || query.channel !== undefined) return { events: [], hasMore: false };
      const sql = `
        SELECT position, request, outcome FROM run
        WHERE run_id = coalesce(?, run_id) AND session_key = coalesce(?, session_key)
        ORDER BY position DESC LIMIT ?`;
      const values = [query.runId ?? null, query.sessionKey ?? null, RUNS_MAX];
      const events = database.all<Row>(sql, ...values).flatMap(eventsOf);
      const meant = events.filter((event) => isMeant(event, query));
      return { events: meant.slice(0, query.limit), hasMore: meant.length > query.limit };
    },
  };
}

/** The end of a run and its beginning. A message that a command answered, or that another run took in, was none. */
function eventsOf({ position, request, outcome }: Row): AuditEvent[] {
  // Both columns are written by the journal and nowhere else.
  const { runId, sessionKey, agentId, acceptedAt } = JSON.parse(request) as RunRequest;
  const ended = outcome === null ? undefined : (JSON.parse(outcome) as RunOutcome);
  if (ended?.isTurn === false) return [];
  const sessionId: unknown = ended?.receipt?.["sessionId"];
  const shared = {
    kind: "agent_run",
    actor: { type: "agent", id: agentId },
    agentId,
    sessionKey,
    ...(typeof sessionId === "string" ? { sessionId } : {}),
    runId,
    redaction: "metadata_only",
  } as const;
  const started: AuditEvent = {
    ...shared,
    eventId: idOf(runId, "started"),
    sequence: 2 * position - 1,
    action: "agent.run.started",
    status: "started",
    occurredAt: ended?.startedAt ?? acceptedAt,
    ...(ended?.toldAs === undefined ? {} : { sourceSequence: ended.toldAs.start }),
  };
  if (ended === undefined) return [started];
  const finished: AuditEvent = {
    ...shared,
    eventId: idOf(runId, "finished"),
    sequence: 2 * position,
    action: "agent.run.finished",
    status: STATUS[ended.status],
    ...(ERROR_CODE[ended.status] === undefined ? {} : { errorCode: ERROR_CODE[ended.status] }),
    occurredAt: ended.endedAt,
    ...(ended.toldAs === undefined ? {} : { sourceSequence: ended.toldAs.end }),
  };
  return [finished, started];
}

/** The same event has the same id whenever it is asked for. */
function idOf(runId: string, action: string): string {
  const hex = createHash("sha256").update(`${action}:${runId}`).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}

function isMeant(event: AuditEvent, query: AuditQuery): boolean {
  return (
    (query.agentId === undefined || event.agentId === query.agentId) &&
    (query.status === undefined || event.status === query.status) &&
    (query.after === undefined || event.occurredAt >= query.after) &&
    (query.before === undefined || event.occurredAt < query.before) &&
    (query.beforeSequence === undefined || event.sequence < query.beforeSequence)
  );
}

import { cronRun, cronRuns } from "../../../schemas/methods/cron/runs.ts";
import { jobIdOf } from "../../domain/cron/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

const LIMIT_DEFAULT = 50;

export default [
  method(cronRun, async ({ params, deps }) => {
    const { processInstanceId } = deps.cron;
    const expected = params.expectedProcessInstanceId;
    if (expected !== undefined && expected !== processInstanceId) {
      throw invalidRequest("gateway process changed; reload and retry");
    }
    const answer = await deps.cron.run(jobIdOf(params), params.mode ?? "force");
    if (answer.isEnqueued) return { ok: true, enqueued: true, runId: answer.runId, processInstanceId };
    return { ok: true, ran: false, reason: answer.reason, processInstanceId };
  }),
  method(cronRuns, async ({ params, deps }) => {
    const { limit = LIMIT_DEFAULT, offset = 0 } = params;
    const jobIds = jobIdsOf(params, deps);
    const statuses =
      params.statuses ??
      (params.status === undefined || params.status === "all" ? undefined : [params.status]);
    const deliveryStatuses =
      params.deliveryStatuses ?? (params.deliveryStatus === undefined ? undefined : [params.deliveryStatus]);
    const text = params.query?.trim();
    const { entries, total } = await deps.cron.runs({
      ...(jobIds === undefined ? {} : { jobIds }),
      ...(params.runId === undefined ? {} : { runId: params.runId }),
      ...(statuses === undefined ? {} : { statuses }),
      ...(deliveryStatuses === undefined ? {} : { deliveryStatuses }),
      ...(text === undefined || text === "" ? {} : { text }),
      isOldestFirst: params.sortDir === "asc",
      limit,
      offset,
    });
    const end = offset + entries.length;
    const hasMore = end < total;
    return {
      entries: entries.map((entry) => ({ ...entry })),
      total,
      offset,
      limit,
      hasMore,
      nextOffset: hasMore ? end : null,
    };
  }),
] satisfies Method[];

/** The jobs whose history is asked for; undefined is everybody's, also of jobs that are gone. */
function jobIdsOf(
  params: {
    readonly id?: string;
    readonly jobId?: string;
    readonly agentId?: string;
    readonly scope?: "job" | "all";
  },
  deps: Deps,
): readonly string[] | undefined {
  const named = params.id ?? params.jobId;
  if (named !== undefined && params.scope !== "all") {
    deps.cron.check(named);
    return [named];
  }
  if (params.agentId === undefined) return undefined;
  const jobs = deps.cron.list().filter((job) => deps.cron.agentOf(job) === params.agentId);
  return jobs.map((job) => job.id);
}
